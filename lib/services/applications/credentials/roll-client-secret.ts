import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { generateClientSecret } from "@/lib/oauth/wire/digest";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { type ServiceContext, withTransaction } from "../../context";
import { NotFoundError } from "../../errors";
import { normalized } from "../../normalized";
import { parseInput } from "../../parse";
import { requireRecentPassword } from "../../sessions/require-recent-password";
import type { Returned, Sent, Wire } from "../../wire";
import { whereApplication } from "../find-application";
import {
  insertSecret,
  keepApplication,
  newSecret,
  readSecretLabel,
  secretReference,
  toExpiry,
  whereLive,
} from "./client-secrets";

const roll = z.object({
  /** Hours for which the old secret keeps working: none, one, a day, a week, 30 days. */
  overlapHours: z.string().regex(/^(0|1|24|168|720)$/, problem("consoleProblems.secrets.overlap")),
  expiresInDays: newSecret.shape.expiresInDays,
  /** Empty: the old one's. */
  label: z.string().default(""),
});

export const rollSchema = normalized(roll, { label: readSecretLabel });

export const rollClientSecretWire = {
  input: z.object({ ...secretReference.shape, ...roll.shape }),
  output: z.strictObject({ label: z.string(), clientSecret: z.string() }),
} satisfies Wire;

/**
 * Replaces an active secret in one step: creates a new one, under the old label with a number unless it gets its own,
 * and sets the old one's expiry. A secret that was to expire earlier still does.
 */
export async function rollClientSecret(
  context: ServiceContext,
  input: Sent<typeof rollClientSecretWire>,
): Promise<Returned<typeof rollClientSecretWire>> {
  const { applicationId, secretId } = input;
  const where = whereApplication(context, applicationId, "applications:write");
  requireRecentPassword(context);
  if (!isUuid(secretId)) throw new NotFoundError("clientSecret");
  const { overlapHours, expiresInDays, label: newLabel } = parseInput(rollSchema, input);
  const clientSecret = generateClientSecret();
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const live = { id: secretId, ...whereLive(at) };
    const old = await tx.clientSecret.findFirst({
      where: { ...live, application: where },
      select: { label: true, expiresAt: true },
    });
    if (!old) throw new NotFoundError("liveClientSecret");
    const oldEndsAt = earlier(new Date(at.getTime() + Number(overlapHours) * 3_600_000), old.expiresAt);
    // Guarded: a concurrent revocation counts, and then no new secret is created.
    const { count } = await tx.clientSecret.updateMany({ where: live, data: { expiresAt: oldEndsAt } });
    if (count === 0) throw new NotFoundError("liveClientSecret");
    await keepApplication(tx, applicationId);
    const expiresAt = toExpiry(expiresInDays, at);
    const wanted = newLabel || old.label;
    const { id: newId, label } = await insertSecret(tx, { applicationId, clientSecret, wanted, expiresAt, at });
    const details = { secretId: newId, label, expiresAt, replacedSecretId: secretId, replacedEndsAt: oldEndsAt };
    await audit.record({ type: "client_secret.rolled", at, applicationId, details });
    return { label, clientSecret };
  });
}

function earlier(a: Date, b: Date | null): Date {
  return b && b < a ? b : a;
}
