import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import type { Described, Returned, Sent, Wire } from "../wire";
import { reserveClientId } from "./credentials/client-ids";
import { applicationReference, whereApplication } from "./find-application";

/** Counting stops here, and the page shows "or more": an exact number isn't worth its cost. */
const countLimit = 10_000;

const applicationDeletionImpact = z.strictObject({
  name: z.string(),
  clientId: z.string(),
  /** Each capped at `countLimit`. */
  people: z.int(),
  activeAccessTokens: z.int(),
  activeRefreshTokens: z.int(),
  countLimit: z.int(),
});

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
  const now = context.now();
  const [counts] = await prisma.$queryRaw<{ people: number; accessTokens: number; refreshTokens: number }[]>`
    SELECT
      (SELECT count(*)::int FROM (SELECT 1 FROM consents WHERE application_id = ${id}::uuid LIMIT ${countLimit}) c) AS people,
      (SELECT count(*)::int FROM (
        SELECT 1 FROM access_tokens t LEFT JOIN token_families f ON f.id = t.family_id
        WHERE t.application_id = ${id}::uuid AND t.expires_at > ${now}::timestamptz AND t.revoked_at IS NULL
          AND f.revoked_at IS NULL LIMIT ${countLimit}) a) AS "accessTokens",
      (SELECT count(*)::int FROM (
        SELECT 1 FROM refresh_tokens t JOIN token_families f ON f.id = t.family_id
        WHERE f.application_id = ${id}::uuid AND t.expires_at > ${now}::timestamptz AND t.rotated_at IS NULL
          AND f.revoked_at IS NULL AND f.expires_at > ${now}::timestamptz LIMIT ${countLimit}) r) AS "refreshTokens"`;
  return {
    ...application,
    people: counts?.people ?? 0,
    activeAccessTokens: counts?.accessTokens ?? 0,
    activeRefreshTokens: counts?.refreshTokens ?? 0,
    countLimit,
  };
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
