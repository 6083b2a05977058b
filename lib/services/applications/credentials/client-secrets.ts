import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { generateClientSecret } from "@/lib/oauth/wire/digest";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { type ServiceContext, type Transaction, withTransaction } from "../../context";
import { NotFoundError, ValidationError } from "../../errors";
import { displayedLine, normalized } from "../../normalized";
import { parseInput } from "../../parse";
import { requireRecentPassword } from "../../sessions/require-recent-password";
import type { Returned, Sent, Wire } from "../../wire";
import { whereApplication } from "../find-application";
import { toSecretRow } from "../register-application";
import { lockApplication } from "../update-application";
import { freeLabel, longestLabel } from "./free-label";
import { usesClientSecret } from "./uses-client-secret";

/** So that a faulty script can't fill the table, and no request has to compare with an endless list. */
const maximumLiveSecrets = 10;

export const newSecret = z.object({
  label: z.string(),
  /** Days until it expires; 0 is never. */
  expiresInDays: z
    .number(problem("consoleProblems.secrets.ends"))
    .int()
    .min(0)
    .max(3650, problem("consoleProblems.secrets.tenYears")),
});

/** Empty if there is nothing visible. */
export const readSecretLabel = displayedLine(longestLabel, null);

export const newSecretSchema = normalized(newSecret, {
  label: (sent, refuse) => readSecretLabel(sent, refuse) || "Client secret",
});

/** A secret of an application. */
export const secretReference = z.object({ applicationId: z.string(), secretId: z.string() });

export const addClientSecretWire = {
  input: z.object({ applicationId: z.string(), ...newSecret.shape }),
  output: z.strictObject({
    secretId: z.uuid(),
    /** With a number if another secret has the one that was sent. */
    label: z.string(),
    clientSecret: z.string(),
  }),
} satisfies Wire;

/** Adds a secret to the present ones and returns it, in the clear, only this once. */
export async function addClientSecret(
  context: ServiceContext,
  input: Sent<typeof addClientSecretWire>,
): Promise<Returned<typeof addClientSecretWire>> {
  const { applicationId } = input;
  const where = whereApplication(context, applicationId, "applications:write");
  requireRecentPassword(context);
  const { label: wanted, expiresInDays } = parseInput(newSecretSchema, input);
  const clientSecret = generateClientSecret();
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const application = await tx.application.findFirst({
      where,
      select: { clientType: true, tokenEndpointAuthMethod: true },
    });
    if (!application) throw new NotFoundError("application");
    if (!usesClientSecret(application)) {
      throw new ValidationError({ label: [problem("consoleProblems.secrets.none")] });
    }
    await keepApplication(tx, applicationId);
    const expiresAt = toExpiry(expiresInDays, at);
    const { id: secretId, label } = await insertSecret(tx, { applicationId, clientSecret, wanted, expiresAt, at });
    const details = { secretId, label, expiresAt };
    await audit.record({ type: "client_secret.added", at, applicationId, details });
    return { secretId, label, clientSecret };
  });
}

/** Null if it never expires. */
export function toExpiry(expiresInDays: number, at: Date): Date | null {
  return expiresInDays === 0 ? null : new Date(at.getTime() + expiresInDays * 86_400_000);
}

/** Active secrets. */
export function whereLive(at: Date) {
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] };
}

/** An application that registered itself expires if it isn't used, but not after it has been changed here. */
export async function keepApplication(tx: Transaction, id: string): Promise<void> {
  await tx.application.updateMany({ where: { id, expiresAt: { not: null } }, data: { expiresAt: null } });
}

interface NewSecret {
  applicationId: string;
  clientSecret: string;
  /** The label, if no other secret has it. */
  wanted: string;
  expiresAt: Date | null;
  at: Date;
}

/** Adds a secret within the limit, one after the other for an application; returns its ID and label. */
export async function insertSecret(tx: Transaction, secret: NewSecret): Promise<{ id: string; label: string }> {
  const { applicationId, clientSecret, wanted, expiresAt, at } = secret;
  await lockApplication(tx, applicationId);
  if ((await tx.clientSecret.count({ where: { applicationId, ...whereLive(at) } })) >= maximumLiveSecrets) {
    throw new ValidationError({ label: [problem("consoleProblems.secrets.most", { maximum: maximumLiveSecrets })] });
  }
  const others = await tx.clientSecret.findMany({ where: { applicationId }, select: { label: true } });
  const label = freeLabel(
    wanted,
    others.map((other) => other.label),
  );
  const { id } = await tx.clientSecret.create({
    data: { ...toSecretRow(clientSecret, label), applicationId, expiresAt, createdAt: at },
    select: { id: true },
  });
  return { id, label };
}

export const revokeClientSecretWire = { input: secretReference, output: null } satisfies Wire;

/** Revokes a secret immediately. Revoking it again changes nothing. */
export async function revokeClientSecret(
  context: ServiceContext,
  { applicationId, secretId }: Sent<typeof revokeClientSecretWire>,
): Promise<void> {
  const where = whereApplication(context, applicationId, "applications:write");
  if (!isUuid(secretId)) throw new NotFoundError("clientSecret");
  await withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const secret = await tx.clientSecret.findFirst({
      where: { id: secretId, application: where },
      select: { label: true },
    });
    if (!secret) throw new NotFoundError("clientSecret");
    const { count } = await tx.clientSecret.updateMany({
      where: { id: secretId, revokedAt: null },
      data: { revokedAt: at },
    });
    if (count === 0) return;
    await keepApplication(tx, applicationId);
    const details = { secretId, label: secret.label };
    await audit.record({ type: "client_secret.revoked", at, applicationId, details });
  });
}
