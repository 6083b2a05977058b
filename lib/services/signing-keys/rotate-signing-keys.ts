import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { addSuccessors, readSigningKeys } from "@/lib/db/signing-keys";
import { deriveKey } from "@/lib/keys/derive-key";
import { createSigningKey, SigningKeyError } from "@/lib/keys/sealed-signing-key";
import { getKeyRing } from "@/lib/keys/signing-keys";
import { problem } from "@/lib/messages/problem";
import { findDueAlgorithms, publicationLead } from "@/lib/oauth/keys/key-schedule";
import { type SigningAlgorithm, signingAlgorithms } from "@/lib/oauth/wire/algorithms";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { ServiceError } from "../errors";
import { parseInput } from "../parse";
import { requireRecentPassword } from "../sessions/require-recent-password";
import { type Described, instant, type Returned, type Wire } from "../wire";

export const rotationSchema = z.object({
  algorithms: z.array(z.enum(signingAlgorithms, problem("consoleFieldProblems.application.serverAlgorithm"))),
});

const rotatedKey = z.strictObject({ kid: z.string(), algorithm: z.enum(signingAlgorithms), signsFrom: instant });

export type RotatedKey = Described<typeof rotatedKey>;

export const rotateSigningKeysWire = { input: rotationSchema, output: z.array(rotatedKey) } satisfies Wire;

/**
 * Publishes a new key for each of these algorithms, which signs once every cached copy of the published keys has
 * expired. Returns the new keys; an algorithm whose next key is already pending, or that no application uses, gets
 * none.
 */
export async function rotateSigningKeys(
  context: ServiceContext,
  input: { algorithms: readonly string[] },
): Promise<Returned<typeof rotateSigningKeysWire>> {
  requirePermission(context, "signing_keys:write");
  requireRecentPassword(context);
  const { algorithms } = parseInput(rotationSchema, input);
  return addKeys(context, { algorithms, minimumAge: 0, reason: "by_hand" });
}

export const rotateDueSigningKeysWire = { input: null, output: z.array(rotatedKey) } satisfies Wire;

/**
 * The same for every algorithm whose key will have reached SIGNING_KEY_ROTATION_PERIOD by the time the new one signs.
 */
export async function rotateDueSigningKeys(
  context: ServiceContext,
): Promise<Returned<typeof rotateDueSigningKeysWire>> {
  requirePermission(context, "signing_keys:write");
  const minimumAge = context.settings.signingKeyRotationPeriod - publicationLead;
  return addKeys(context, { algorithms: signingAlgorithms, minimumAge, reason: "schedule" });
}

interface Rotation {
  algorithms: readonly SigningAlgorithm[];
  minimumAge: number;
  reason: "by_hand" | "schedule";
}

async function addKeys(context: ServiceContext, { algorithms, minimumAge, reason }: Rotation): Promise<RotatedKey[]> {
  // An algorithm without any key gets one that signs immediately, as everywhere.
  await getKeyRing().publicKeys();
  const { keys, wanted, at } = await readSigningKeys(getPrisma());
  const rotated = wanted.filter((algorithm) => algorithms.includes(algorithm));
  const due = findDueAlgorithms(keys, at, minimumAge).filter((algorithm) => rotated.includes(algorithm));
  if (due.length === 0) return [];
  await assertSecretIsShared(due);
  // Before the transaction, because RSA keys take time. If another process has added one meanwhile, that one wins.
  const made = await Promise.all(due.map((algorithm) => createSigningKey(algorithm, deriveKey("signing-keys"))));
  const added = await withTransaction(context, async (tx, audit) => {
    const successors = await addSuccessors(tx, made, { lead: publicationLead, minimumAge });
    for (const { kid, algorithm, signsFrom } of successors) {
      const details = { kid, algorithm, signsFrom, reason };
      await audit.record({ type: "signing_key.added", at: context.now(), details });
    }
    return successors;
  });
  getKeyRing().expire();
  return added.map(({ kid, algorithm, signsFrom }) => ({ kid, algorithm, signsFrom }));
}

/** A process that can't open the others' keys has another AUTH_SECRET, and they couldn't open the keys that it adds. */
async function assertSecretIsShared(algorithms: readonly SigningAlgorithm[]): Promise<void> {
  try {
    await Promise.all(algorithms.map((algorithm) => getKeyRing().signingKey(algorithm)));
  } catch (error) {
    if (error instanceof SigningKeyError) throw new ServiceError(error.message);
    throw error;
  }
}
