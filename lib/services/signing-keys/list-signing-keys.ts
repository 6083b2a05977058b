import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { readSigningKeys, type StoredSigningKey } from "@/lib/db/signing-keys";
import { env } from "@/lib/env";
import { signingAlgorithms } from "@/lib/oauth/algorithms";
import { addSeconds } from "@/lib/oauth/context";
import { findSigner, findSuccessor } from "@/lib/oauth/key-schedule";
import { getKeyRing } from "@/lib/signing-keys";
import { requireAdministrator, type ServiceContext } from "../context";
import { signingKeyRetention } from "./remove-retired-signing-keys";

export interface SigningKeySummary extends Pick<StoredSigningKey, "kid" | "algorithm" | "createdAt" | "signsFrom"> {
  /** `next`: published, and not signing yet. `retired`: still published, for what it has signed. */
  status: "next" | "signing" | "retired";
  /** When the next one takes over: known, or by the schedule. */
  signsUntil: Date;
  /** When it goes at the earliest; null unless it is retired. */
  removedFrom: Date | null;
}

/** Every key that is published, by algorithm, the newest first. */
export async function listSigningKeys(context: ServiceContext): Promise<SigningKeySummary[]> {
  requireAdministrator(context);
  // The page of a new server lists the keys that it is going to use.
  await getKeyRing().publicKeys();
  const { keys, at } = await readSigningKeys(getPrisma());
  return signingAlgorithms.flatMap((algorithm) => {
    const own = keys.filter((key) => key.algorithm === algorithm);
    const signer = findSigner(own, algorithm, at);
    return own.toReversed().map((key): SigningKeySummary => {
      const { kid, createdAt, signsFrom } = key;
      const signsUntil = findSuccessor(own, key)?.signsFrom ?? addSeconds(signsFrom, env().SIGNING_KEY_ROTATION_PERIOD);
      const facts = { kid, algorithm, createdAt, signsFrom, signsUntil };
      if (key === signer) return { ...facts, status: "signing", removedFrom: null };
      if (signsFrom > at) return { ...facts, status: "next", removedFrom: null };
      return { ...facts, status: "retired", removedFrom: addSeconds(signsUntil, signingKeyRetention()) };
    });
  });
}
