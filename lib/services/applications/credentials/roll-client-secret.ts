import "server-only";
import { z } from "zod";
import { generateClientSecret } from "@/lib/oauth/wire/digest";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { type ServiceContext, withTransaction } from "../../context";
import { NotFoundError } from "../../errors";
import { parseInput } from "../../parse";
import { whereApplication } from "../find-application";
import {
  insertSecret,
  keepApplication,
  newSecretSchema,
  secretLabelSchema,
  toExpiry,
  whereLive,
} from "./client-secrets";

export const rollSchema = z.object({
  /** Hours that the old secret goes on working: none, one, a day, a week, 30 days. */
  overlapHours: z.string().regex(/^(0|1|24|168|720)$/, "Choose when the old secret stops working."),
  expiresInDays: newSecretSchema.shape.expiresInDays,
  /** Empty: that of the old one. */
  label: secretLabelSchema.default(""),
});

/**
 * Replaces a live secret: makes a new one, under the same label unless it gets its own, and gives the old one its end,
 * in one step. A secret that was to end anyway ends no later than that.
 */
export async function rollClientSecret(
  context: ServiceContext,
  applicationId: string,
  secretId: string,
  input: z.input<typeof rollSchema>,
): Promise<{ label: string; clientSecret: string }> {
  const where = whereApplication(context, applicationId, "applications:write");
  if (!isUuid(secretId)) throw new NotFoundError("The client secret");
  const { overlapHours, expiresInDays, label: newLabel } = parseInput(rollSchema, input);
  const clientSecret = generateClientSecret();
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const live = { id: secretId, ...whereLive(at) };
    const old = await tx.clientSecret.findFirst({
      where: { ...live, application: where },
      omit: { scheme: true, hash: true },
    });
    if (!old) throw new NotFoundError("The live client secret");
    const label = newLabel || old.label;
    const oldEndsAt = earlier(new Date(at.getTime() + Number(overlapHours) * 3_600_000), old.expiresAt);
    // Guarded: a revocation at the same moment counts, and nothing is made in its place.
    const { count } = await tx.clientSecret.updateMany({ where: live, data: { expiresAt: oldEndsAt } });
    if (count === 0) throw new NotFoundError("The live client secret");
    await keepApplication(tx, applicationId);
    const expiresAt = toExpiry(expiresInDays, at);
    const newId = await insertSecret(tx, { applicationId, clientSecret, label, expiresAt, at });
    const details = { secretId: newId, label, expiresAt, replacedSecretId: secretId, replacedEndsAt: oldEndsAt };
    await audit.record({ type: "client_secret.rolled", at, applicationId, details });
    return { label, clientSecret };
  });
}

function earlier(a: Date, b: Date | null): Date {
  return b && b < a ? b : a;
}
