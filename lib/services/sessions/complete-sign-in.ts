import "server-only";
import type { KnownAccount } from "@/lib/auth/known-browser";
import {
  type BrowserOrigin,
  beginSession,
  lockPassword,
  type NewSession,
  PasswordChangedError,
} from "@/lib/auth/session-store";
import { type ServiceContext, type Transaction, userActor, withTransaction } from "../context";

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
  const { userId } = account;
  if (proofs.some((proof) => proof.account.userId !== userId)) throw new Error("The proofs are of different accounts.");
  const previous = await browser.findPreviousSession();
  const origin = toBrowserOrigin(context, browser.browserId);
  // Who signs in is who acts from here on.
  const theirs = { ...context, actor: userActor({ id: userId, isAdministrator: false }) };
  try {
    return await withTransaction(theirs, async (tx, audit) => {
      const at = context.now();
      for (const proof of proofs) await lockProof(tx, proof);
      const session = await beginSession(tx, { userId, amr: toAmr(proofs), previousId: previous?.id }, origin, at);
      await audit.record({ type: "sign_in.succeeded", at, userId, details: { sessionId: session.id } });
      return { session, account };
    });
  } catch (error) {
    if (error instanceof PasswordChangedError) return null;
    throw error;
  }
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
