import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { readSigningKeys } from "@/lib/db/signing-keys";
import { getKeyRing } from "@/lib/keys/signing-keys";
import { findSigner, findSuccessor } from "@/lib/oauth/keys/key-schedule";
import { addSeconds } from "@/lib/oauth/ports/context";
import { signingAlgorithms } from "@/lib/oauth/wire/algorithms";
import { requirePermission, type ServiceContext } from "../context";
import { type Described, instant, type Returned, type Wire } from "../wire";
import { signingKeyRetention } from "./remove-retired-signing-keys";

const signingKeySummary = z.strictObject({
  kid: z.string(),
  algorithm: z.enum(signingAlgorithms),
  createdAt: instant,
  signsFrom: instant,
  /** `next`: published, but not signing yet. `retired`: still published, for what it has signed. */
  status: z.enum(["next", "signing", "retired"]),
  /** When the next one takes over: its actual time, or by schedule. */
  signsUntil: instant,
  /** The earliest time of its removal; null unless it is retired. */
  removedFrom: instant.nullable(),
});

export type SigningKeySummary = Described<typeof signingKeySummary>;

export const listRotatedAlgorithmsWire = { input: null, output: z.array(z.enum(signingAlgorithms)) } satisfies Wire;

/** The algorithms whose keys are rotated: those that applications use. */
export async function listRotatedAlgorithms(
  context: ServiceContext,
): Promise<Returned<typeof listRotatedAlgorithmsWire>> {
  requirePermission(context, "signing_keys:read");
  return (await readSigningKeys(getPrisma())).wanted;
}

export const listSigningKeysWire = { input: null, output: z.array(signingKeySummary) } satisfies Wire;

/** Every published key, by algorithm, the newest first. */
export async function listSigningKeys(context: ServiceContext): Promise<Returned<typeof listSigningKeysWire>> {
  requirePermission(context, "signing_keys:read");
  // Makes the page of a new server list the keys that it is going to use.
  await getKeyRing().publicKeys();
  const { keys, wanted, at } = await readSigningKeys(getPrisma());
  const { signingKeyRotationPeriod } = context.settings;
  return signingAlgorithms.flatMap((algorithm) => {
    const own = keys.filter((key) => key.algorithm === algorithm);
    const signer = findSigner(own, algorithm, at);
    return own.toReversed().map((key): SigningKeySummary => {
      const { kid, createdAt, signsFrom } = key;
      const unusedSince = wanted.includes(algorithm) ? null : (key.unusedSince ?? at);
      const signsUntil =
        findSuccessor(own, key)?.signsFrom ?? unusedSince ?? addSeconds(signsFrom, signingKeyRotationPeriod);
      const facts = { kid, algorithm, createdAt, signsFrom, signsUntil };
      if (key === signer && !unusedSince) return { ...facts, status: "signing", removedFrom: null };
      if (signsFrom > at) return { ...facts, status: "next", removedFrom: null };
      return {
        ...facts,
        status: "retired",
        removedFrom: addSeconds(signsUntil, signingKeyRetention(context.settings)),
      };
    });
  });
}
