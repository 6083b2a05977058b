import "server-only";
import type { KnownAccount } from "@/lib/auth/known-browser";
import {
  type BrowserOrigin,
  beginSession,
  lockPassword,
  type NewSession,
  PasswordChangedError,
} from "@/lib/auth/session-store";
import { auditLogOf, type ServiceContext, type Transaction, userActor, withTransaction } from "../context";

/** Something that has just been proved, by its name in RFC 8176, each kind by a check of its own. */
export type Proof = { method: "pwd"; account: KnownAccount };

/** What somebody has proved, and of which account. */
export type Proofs = readonly [Proof, ...Proof[]];

/** The browser that a session is for. */
export interface SignInBrowser {
  /** The session belongs to it: in no other browser is it worth anything. */
  browserId: string;
  /** The session that it has already. Asked for once something is proved: a refusal costs no query. */
  findPreviousSession: () => Promise<{ id: string } | null>;
}

export interface SignedIn {
  session: NewSession;
  account: KnownAccount;
}

/**
 * The one way a sign-in is completed: the session is made with the methods that were used (`amr`), from which its `acr`
 * follows. The token that this browser had is worth nothing afterwards (ASVS 7.2.4), and if it was somebody else's,
 * their session has ended. Null if what was proved holds no more: the password was changed meanwhile.
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

/** The same as part of a larger transaction. Throws `PasswordChangedError` if what was proved holds no more. */
export async function beginSignedIn(
  tx: Transaction,
  context: ServiceContext,
  { proofs, browserId, previousId }: ProvedSession,
): Promise<SignedIn> {
  const [{ account }] = proofs;
  const { userId } = account;
  const at = context.now();
  for (const proof of proofs) await lockProof(tx, proof);
  const origin = toBrowserOrigin(context, browserId);
  const session = await beginSession(tx, { userId, amr: toAmr(proofs), previousId }, origin, at);
  // Who signs in is who acts from here on.
  const theirs = { ...context, actor: userActor({ id: userId, isAdministrator: false }) };
  await auditLogOf(tx, theirs).record({
    type: "sign_in.succeeded",
    at,
    userId,
    details: { sessionId: session.id },
  });
  return { session, account };
}

/** RFC 8176: the methods by their names, each once. */
function toAmr(proofs: Proofs): string[] {
  return [...new Set(proofs.map(({ method }) => method))];
}

/** What was checked before the transaction must still hold in it. */
async function lockProof(tx: Transaction, { method, account }: Proof): Promise<void> {
  switch (method) {
    case "pwd":
      return lockPassword(tx, account.userId, account.passwordGeneration);
    default:
      // A method without a case fails to compile here.
      method satisfies never;
  }
}

/** The browser and the network of this context, as a session keeps them. */
export function toBrowserOrigin({ ipAddress, userAgent }: ServiceContext, browserId: string): BrowserOrigin {
  return { ipAddress: ipAddress ?? null, userAgent: userAgent ?? null, browserId };
}
