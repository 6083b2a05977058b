import "server-only";
import { listLogoutSubjects } from "@/lib/oauth/openid/logout-notices";
import { addSeconds } from "@/lib/oauth/ports/context";
import type { Prisma } from "../client";
import { findOrCreateSubjects } from "./subjects";

/** How long, in seconds, delivery of a logout token is attempted. */
const deliveryLifetime = 24 * 3600;

/** Seconds. A user who was disabled longer ago has no session left: every run ends them. */
const disabledWithin = 7 * 86_400;

export interface SessionsToEnd {
  id?: string | { not: string } | { in: string[] };
  userId?: string | { in: string[] };
}

/**
 * Ends active sessions, with everything that ends with them, and queues a logout token for every application that users
 * had signed in to from them (OpenID Connect Back-Channel Logout §2.5): the only way a session ends. Returns the IDs of
 * those that this call has ended.
 */
export async function endSessions(tx: Prisma.TransactionClient, where: SessionsToEnd, at: Date): Promise<string[]> {
  const ended = await tx.session.updateManyAndReturn({
    where: { ...where, endedAt: null },
    data: { endedAt: at },
    select: { id: true },
  });
  const ids = ended.map(({ id }) => id);
  if (ids.length === 0) return ids;
  await endBoundGrants(tx, ids, at);
  await queueLogoutTokens(tx, ids, at);
  return ids;
}

export interface ExpiredSessions {
  /** Sessions last seen before this have expired. */
  idleSince: Date;
  limit: number;
}

/**
 * Ends sessions that have expired: past their lifetime, idle for too long, or of a disabled user. Those locked by
 * another transaction are left for the next run. Returns their ids.
 */
export async function expireSessions(
  tx: Prisma.TransactionClient,
  { idleSince, limit }: ExpiredSessions,
  at: Date,
): Promise<string[]> {
  // Each part uses an index of its own, however many sessions there are; combined, they could use none.
  const lapsed = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM sessions
    WHERE ended_at IS NULL AND id IN (
      (SELECT id FROM sessions WHERE ended_at IS NULL AND expires_at <= ${at}::timestamptz LIMIT ${limit})
      UNION
      (SELECT id FROM sessions WHERE ended_at IS NULL AND last_seen_at <= ${idleSince}::timestamptz LIMIT ${limit})
      UNION
      (SELECT s.id FROM users u JOIN sessions s ON s.user_id = u.id
       WHERE u.disabled_at > ${addSeconds(at, -disabledWithin)}::timestamptz AND s.ended_at IS NULL LIMIT ${limit}))
    LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  return lapsed.length === 0 ? [] : endSessions(tx, { id: { in: lapsed.map(({ id }) => id) } }, at);
}

/**
 * Grants with `openid` and without `offline_access` end with the session (OpenID Connect Core §11). A code that hasn't
 * been redeemed yet could otherwise still start a session at an application.
 */
async function endBoundGrants(tx: Prisma.TransactionClient, ids: string[], at: Date): Promise<void> {
  const pending = { sessionId: { in: ids }, scopes: { has: "openid" }, consumedAt: null };
  // Codes first: one that is being redeemed now either fails, or its family is visible to the last statement.
  await tx.authorizationCode.updateMany({ where: pending, data: { consumedAt: at } });
  await tx.deviceAuthorization.updateMany({ where: { ...pending, decision: "approved" }, data: { consumedAt: at } });
  await tx.tokenFamily.updateMany({
    where: { sessionId: { in: ids }, endsWithSession: true, revokedAt: null },
    data: { revokedAt: at, revokedReason: "session_ended" },
  });
}

async function queueLogoutTokens(tx: Prisma.TransactionClient, ids: string[], at: Date): Promise<void> {
  const participants = await tx.sessionParticipant.findMany({
    where: { sessionId: { in: ids }, application: { backchannelLogoutUri: { not: null } } },
    select: {
      sessionId: true,
      session: { select: { userId: true, user: { select: { subject: true } } } },
      application: {
        select: {
          id: true,
          clientId: true,
          subjectType: true,
          sectorIdentifierUri: true,
          grantTypes: true,
          backchannelLogoutUri: true,
          redirectUris: { select: { uri: true } },
        },
      },
    },
  });
  const notices = await listLogoutSubjects(
    participants.map(({ sessionId, session, application: { redirectUris, ...client } }) => ({
      sessionId,
      user: { id: session.userId, subject: session.user.subject },
      client: { ...client, redirectUris: redirectUris.map(({ uri }) => uri) },
    })),
    (pairs) => findOrCreateSubjects(tx, pairs),
  );
  const uris = new Map(participants.map(({ application }) => [application.id, application.backchannelLogoutUri ?? ""]));
  await tx.logoutDelivery.createMany({
    data: notices.map((notice) => ({
      ...notice,
      uri: uris.get(notice.applicationId) ?? "",
      createdAt: at,
      nextAttemptAt: at,
      expiresAt: addSeconds(at, deliveryLifetime),
    })),
  });
}
