import "server-only";
import { z } from "zod";
import { findKnownBrowser, type KnownAccount } from "@/lib/auth/known-browser";
import { refusedSignIns, type SignInSource } from "@/lib/auth/refused-sign-ins";
import { TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import type { ServiceContext } from "../context";
import type { Sent, Wire } from "../wire";
import { checkCredentials } from "./check-credentials";
import { completeSignIn, type SignedIn, type SignInBrowser } from "./complete-sign-in";

interface PasswordBrowser extends SignInBrowser {
  /** Its cookie of accounts that it has signed in to; empty without one. */
  knownAccounts: string;
}

/** The answer goes into cookies. */
export const signInWithPasswordWire = {
  input: z.object({ identifier: z.string(), password: z.string() }),
  output: null,
} satisfies Wire;

/**
 * Signs in by username or email address and password. Null if they don't match. The context's signal is aborted when
 * the browser disconnects.
 * @throws the errors of `checkCredentials`
 */
export async function signInWithPassword(
  context: ServiceContext,
  credentials: Sent<typeof signInWithPasswordWire>,
  browser: PasswordBrowser,
): Promise<SignedIn | null> {
  const now = context.now();
  const { ipAddress = null, userAgent = null, signal, settings } = context;
  const check: Check<KnownAccount | null> = (found) => {
    const recognizeBrowser = (account: KnownAccount) => {
      found(account);
      return findKnownBrowser(browser.knownAccounts, account, now);
    };
    const attempt = { ipAddress, userAgent, signal, findKnownBrowser: recognizeBrowser, now, settings };
    return checkCredentials(credentials, attempt);
  };
  const { identifier } = credentials;
  const source = { network: toRateLimitNetwork(ipAddress), identifier, cookie: browser.knownAccounts, now };
  const account = await unlessRefused(source, check);
  return account && completeSignIn(context, [{ method: "pwd", account }], browser);
}

/** Reports the account of the name as soon as it is known. */
type Check<T> = (found: (account: KnownAccount) => void) => Promise<T>;

/**
 * Checks, unless the same was refused a moment ago. So a flood past the limits costs no queries, and nobody is refused
 * whom the limits would let in.
 */
async function unlessRefused<T>(source: SignInSource, check: Check<T>): Promise<T> {
  const refusals = refusedSignIns();
  const wait = refusals.wait(source);
  if (wait > 0) throw new TooManyAttemptsError(wait);
  let account: KnownAccount | null = null;
  const found = (one: KnownAccount) => {
    account = one;
  };
  try {
    const checked = await check(found);
    refusals.forget(source, account);
    return checked;
  } catch (error) {
    if (error instanceof TooManyAttemptsError) refusals.remember(source, account, error);
    throw error;
  }
}
