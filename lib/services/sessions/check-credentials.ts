import "server-only";
import { commonHashWork } from "@/lib/auth/common-hash-work";
import type { KnownAccount } from "@/lib/auth/known-browser";
import { enterHashQueue, type HashRequester, hashPassword, isHashOutdated, verifyPassword } from "@/lib/auth/password";
import type { StoredHash } from "@/lib/auth/password-schemes/scheme";
import type { Origin } from "@/lib/auth/session-store";
import { SignInThrottle } from "@/lib/auth/sign-in-throttle";
import { createAuditLog } from "@/lib/db/audit-log";
import { getPrisma } from "@/lib/db/prisma";
import { findSignInAccount, renewPasswordHash, type SignInAccount } from "@/lib/db/sign-in-accounts";
import { toSignInKey } from "@/lib/db/user-key";
import { AbandonedError, type Place, QueueBusyError } from "@/lib/limits/fair-queue";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import type { Settings } from "@/lib/settings";
import { takeSignInTurn } from "./sign-in-turns";

/** Longer than any password may be: not worth hashing. */
const maximumPassword = 1000;

export interface Credentials {
  /** A username or an email address, as typed. */
  identifier: string;
  password: string;
}

/** Where an attempt comes from. */
export interface Attempt extends Origin {
  /** Aborted when the browser disconnects. */
  signal?: AbortSignal | undefined;
  /** This browser's ID for an account that it has signed in to before; null if it hasn't. */
  findKnownBrowser: (account: KnownAccount) => string | null;
  now: Date;
  settings: Settings;
}

/**
 * The account with this name and password; null if they don't match, whatever the reason, after the same queries and
 * the same hashing work.
 * @throws TooManyAttemptsError after too many failures, QueueBusyError if too many others are signing in,
 * AbandonedError if the browser disconnected before the password was compared
 */
export async function checkCredentials(credentials: Credentials, attempt: Attempt): Promise<KnownAccount | null> {
  const requester = { network: toRateLimitNetwork(attempt.ipAddress), signal: attempt.signal };
  // First of all: no query is made for attempts that won't get a turn.
  const place = enterHashQueue(requester);
  try {
    const prepared = await takeSignInTurn(requester, () => prepare(credentials, attempt));
    const checked = await compare(credentials, prepared, attempt, place);
    if (!checked) return null;
    const { account, hash } = checked;
    if (isHashOutdated(hash)) await renewHash(account.userId, hash, credentials.password, requester);
    return account;
  } finally {
    place.leave();
  }
}

interface PreparedSignIn {
  account: SignInAccount | null;
  known: KnownAccount | null;
  throttle: SignInThrottle;
  /** The work of hashing for every account. */
  target: number;
}

/**
 * Everything that is looked up before the password is compared.
 * @throws TooManyAttemptsError
 */
async function prepare({ identifier }: Credentials, attempt: Attempt): Promise<PreparedSignIn> {
  const { now, ipAddress } = attempt;
  const name = toSignInKey(identifier);
  const account = await findSignInAccount(name);
  const known = toKnownAccount(account);
  const knownBrowser = known && attempt.findKnownBrowser(known);
  const throttle = new SignInThrottle({ userId: account?.id ?? null, name, ipAddress, knownBrowser });
  // Before the attempt counts: an outage here must not use one up.
  const target = await commonHashWork(now);
  await throttle.countAttempt(now);
  return { account, known, throttle, target };
}

async function compare(
  { password }: Credentials,
  { account, known, throttle, target }: PreparedSignIn,
  { now, ipAddress, userAgent, settings }: Attempt,
  place: Place,
): Promise<{ account: KnownAccount; hash: StoredHash } | null> {
  const hash = account?.passwordHash ?? null;
  const fits =
    password.length <= maximumPassword &&
    (await verifyPassword(password, hash, { place, target }).catch(async (error) => {
      if (error instanceof QueueBusyError || error instanceof AbandonedError) await throttle.giveBack();
      throw error;
    }));
  if (!known || !fits || hash === null || account?.disabled) {
    const audit = createAuditLog(getPrisma(), settings, { ipAddress, userAgent, actorId: null });
    await audit.record({ type: "sign_in.failed", at: now, userId: account?.id ?? null });
    return null;
  }
  await throttle.succeeded();
  return { account: known, hash };
}

function toKnownAccount(account: SignInAccount | null): KnownAccount | null {
  if (!account?.passwordGeneration) return null;
  return { userId: account.id, passwordGeneration: account.passwordGeneration };
}

/** The only moment at which the password is known. If the server is too busy now, the next sign-in does it. */
async function renewHash(
  userId: string,
  before: StoredHash,
  password: string,
  requester: HashRequester,
): Promise<void> {
  try {
    await renewPasswordHash(userId, before, await hashPassword(password, requester));
  } catch (error) {
    if (!(error instanceof QueueBusyError)) throw error;
  }
}
