import "server-only";
import type { Prisma } from "../client";

/** Adds to what the user has allowed the application. Earlier consent stays: a request for less removes nothing. */
export async function rememberConsent(
  tx: Prisma.TransactionClient,
  consent: { userId: string; applicationId: string; scopes: readonly string[]; at: Date },
): Promise<void> {
  const { userId, applicationId, scopes, at } = consent;
  // It is in use now: an application that registered itself no longer expires.
  await tx.$executeRaw`
    UPDATE applications SET expires_at = NULL WHERE id = ${applicationId}::uuid AND expires_at IS NOT NULL`;
  await tx.$executeRaw`
    INSERT INTO consents (user_id, application_id, scopes, created_at, updated_at)
    VALUES (${userId}::uuid, ${applicationId}::uuid, ${[...scopes]}::text[], ${at}::timestamptz, ${at}::timestamptz)
    ON CONFLICT (user_id, application_id) DO UPDATE
    SET scopes = ARRAY(SELECT DISTINCT unnest(consents.scopes || EXCLUDED.scopes) ORDER BY 1),
        updated_at = EXCLUDED.updated_at`;
}
