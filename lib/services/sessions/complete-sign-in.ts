import "server-only";
import type { KnownAccount } from "@/lib/auth/known-browser";
import {
  type BrowserOrigin,
  beginSession,
  lockPassword,
  type NewSession,
  PasswordChangedError,
} from "@/lib/auth/session-store";
import { recordSignIn } from "@/lib/db/sign-in-accounts";
import { auditLogOf, type ServiceContext, type Transaction, userActor, withTransaction } from "../context";

/** A factor that has just been verified, by its name in RFC 8176, each kind with its own check. */
export interface Proof {
  method: "pwd";
  account: KnownAccount;
}

/** What a user has proved, and for which account. */
export type Proofs = readonly [Proof, ...Proof[]];

/** The password is right, and someone else knows it: the user has to choose another one before a session begins. */
export class NewPasswordRequiredError extends Error {
  readonly account: KnownAccount;

  constructor(account: KnownAccount) {
    super("A new password is required.");
    this.account = account;
  }
}

/** The browser that a session is for. */
export interface SignInBrowser {
  /** The browser's ID: in any other browser the session is worthless. */
  browserId: string;
  /** The browser's present session. Only called after authentication: a refusal costs no query. */
  findPreviousSession: () => Promise<{ id: string } | null>;
}

export interface SignedIn {
  session: NewSession;
  account: KnownAccount;
}

/**
 * The only way to complete a sign-in: the session is created with the methods used (`amr`), from which its `acr`
 * follows. The browser's former token becomes invalid (ASVS 7.2.4), and if it belonged to another user, that session
 * has ended. Null if the proof is no longer valid: the password was changed meanwhile, or the user disabled.
 * @throws NewPasswordRequiredError; nothing has happened then
 */
export async function completeSignIn(
  context: ServiceContext,
  proofs: Proofs,
  browser: SignInBrowser,
): Promise<SignedIn | null> {
  const [{ account }] = proofs;
  if (proofs.some((proof) => proof.account.userId !== account.userId)) {
    throw new Error("The proofs are of different accounts.");
  }
  const previous = await browser.findPreviousSession();
  const begin = { proofs, browserId: browser.browserId, previousId: previous?.id };
  try {
    return await withTransaction(context, (tx) => beginSignedIn(tx, context, begin));
  } catch (error) {
    if (error instanceof PasswordChangedError) return null;
    throw error;
  }
}

interface ProvedSession {
  proofs: Proofs;
  browserId: string;
  previousId: string | undefined;
}

/**
 * The same as part of a larger transaction.
 * @throws PasswordChangedError if the proof is no longer valid, NewPasswordRequiredError
 */
export async function beginSignedIn(
  tx: Transaction,
  context: ServiceContext,
  { proofs, browserId, previousId }: ProvedSession,
): Promise<SignedIn> {
  const [{ account }] = proofs;
  const { userId } = account;
  const at = context.now();
  // Before the password: whoever manages the user locks both in this order.
  if (!(await recordSignIn(tx, userId, at))) throw new PasswordChangedError();
  for (const proof of proofs) await lockProof(tx, proof);
  const origin = toBrowserOrigin(context, browserId);
  const session = await beginSession(tx, { userId, amr: toAmr(proofs), previousId }, origin, at);
  // From here on, the user who signs in is the actor.
  const theirs = { ...context, actor: userActor({ id: userId, portalRole: null }) };
  await auditLogOf(tx, theirs).record({
    type: "sign_in.succeeded",
    at,
    userId,
    details: { sessionId: session.id },
  });
  return { session, account };
}

/** RFC 8176: the names of the methods, without duplicates. */
function toAmr(proofs: Proofs): string[] {
  return [...new Set(proofs.map(({ method }) => method))];
}

/** What was checked before the transaction must still be true in it. */
async function lockProof(tx: Transaction, { method, account }: Proof): Promise<void> {
  switch (method) {
    case "pwd": {
      const { changeRequired } = await lockPassword(tx, account.userId, account.passwordGeneration);
      if (changeRequired) throw new NewPasswordRequiredError(account);
      return;
    }
    default:
      // A method without a case fails to compile here.
      method satisfies never;
  }
}

/** The browser and the network of this context, as stored with a session. */
export function toBrowserOrigin({ ipAddress, userAgent }: ServiceContext, browserId: string): BrowserOrigin {
  return { ipAddress: ipAddress ?? null, userAgent: userAgent ?? null, browserId };
}
