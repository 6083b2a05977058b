import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import type { Described, Returned, Sent, Wire } from "../wire";
import { reserveClientId } from "./credentials/client-ids";
import { applicationReference, whereApplication } from "./find-application";
import { countImpact } from "./manage/count-impact";

/** Each capped at `countLimit`. */
export const impactCounts = {
  people: z.int(),
  activeAccessTokens: z.int(),
  activeRefreshTokens: z.int(),
  countLimit: z.int(),
};

const applicationDeletionImpact = z.strictObject({ name: z.string(), clientId: z.string(), ...impactCounts });

export type ApplicationDeletionImpact = Described<typeof applicationDeletionImpact>;

export const describeDeletionWire = { input: applicationReference, output: applicationDeletionImpact } satisfies Wire;

/** What ends together with an application; while it is disabled the same is suspended. */
export async function describeDeletion(
  context: ServiceContext,
  { id }: Sent<typeof describeDeletionWire>,
): Promise<Returned<typeof describeDeletionWire>> {
  const prisma = getPrisma();
  const where = whereApplication(context, id, "applications:write");
  const application = await prisma.application.findFirst({ where, select: { name: true, clientId: true } });
  if (!application) throw new NotFoundError("application");
  return { ...application, ...(await countImpact(prisma, [id], context.now())) };
}

export const deleteApplicationWire = { input: applicationReference, output: null } satisfies Wire;

/**
 * Deletes the application with its secrets, consents and tokens. Its client ID stays reserved, and the audit log keeps
 * its events.
 */
export async function deleteApplication(
  context: ServiceContext,
  { id }: Sent<typeof deleteApplicationWire>,
): Promise<void> {
  const where = whereApplication(context, id, "applications:write");
  await withTransaction(context, async (tx, audit) => {
    const application = await tx.application.findFirst({ where, select: { name: true, clientId: true } });
    if (!application) throw new NotFoundError("application");
    const at = context.now();
    await tx.application.delete({ where: { id }, select: { id: true } });
    await reserveClientId(tx, application.clientId, { at, selfDeleted: false });
    await audit.record({ type: "application.deleted", at, applicationId: id, details: application });
  });
}
