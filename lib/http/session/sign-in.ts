import "server-only";
import { getBrowserId } from "@/lib/auth/browser";
import { getCurrentSession } from "@/lib/auth/current-session";
import type { Credentials } from "@/lib/services/sessions/check-credentials";
import type { SignedIn } from "@/lib/services/sessions/complete-sign-in";
import { signInWithPassword } from "@/lib/services/sessions/sign-in-with-password";
import { serviceContext } from "../service-context";
import { keepKnownBrowser, readKnownBrowserCookie } from "./known-browser-cookie";
import { keepSession } from "./session-cookie";

/**
 * Signs this browser in; null if the credentials are wrong.
 * @throws the errors of `signInWithPassword`
 */
export async function signIn(
  credentials: Credentials,
  headers: Headers,
  signal?: AbortSignal,
): Promise<SignedIn | null> {
  const context = { ...serviceContext(null, headers), signal };
  const signedIn = await signInWithPassword(context, credentials, {
    browserId: await getBrowserId(),
    knownAccounts: await readKnownBrowserCookie(),
    findPreviousSession: getCurrentSession,
  });
  if (signedIn) await keepSignedIn(signedIn);
  return signedIn;
}

/** Gives this browser its new session, and remembers it for the account. */
export async function keepSignedIn({ session, account }: SignedIn): Promise<void> {
  await keepSession(session);
  await keepKnownBrowser(account);
}
