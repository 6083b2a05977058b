import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { scopeOfPermission } from "@/lib/oauth/scope/consent-entries";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { scopeColumns, scopeDetails } from "../scopes/find-scope";
import { type Described, instant } from "../wire";

export const authorization = z.strictObject({
  applicationId: z.uuid(),
  name: z.string(),
  owner: z.string().nullable(),
  /** Whether it registered itself (RFC 7591), so that its name is unverified. */
  registeredDynamically: z.boolean(),
  /** What the user allowed; empty if an administrator lets the application skip consent. */
  scopes: z.array(scopeDetails),
  authorizedAt: instant,
  lastUsedAt: instant.nullable(),
  /** Whether the application holds anything active at the moment. */
  hasLiveTokens: z.boolean(),
});

export type Authorization = Described<typeof authorization>;

interface Row extends Omit<Authorization, "scopes"> {
  permissions: string[];
}

/** What a user has authorized these applications to do, in their order; those that have nothing are left out. */
export async function findAuthorizations(
  { userId, now }: { userId: string; now: Date },
  applicationIds: readonly string[],
): Promise<Authorization[]> {
  const prisma = getPrisma();
  const ids = applicationIds.filter(isUuid);
  if (ids.length === 0) return [];
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT a.id AS "applicationId", a.name, o.username AS owner,
           a.registration_source = 'dynamic' AS "registeredDynamically", COALESCE(c.scopes, '{}') AS permissions,
           COALESCE(c.created_at, f.first_at) AS "authorizedAt", f.last_used_at AS "lastUsedAt",
           COALESCE(f.live, false) AS "hasLiveTokens"
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS asked (id, position)
    JOIN applications a ON a.id = asked.id
    LEFT JOIN consents c ON c.user_id = ${userId}::uuid AND c.application_id = a.id
    LEFT JOIN LATERAL (
      SELECT min(created_at) AS first_at, max(last_used_at) AS last_used_at, true AS live
      FROM token_families
      WHERE user_id = ${userId}::uuid AND application_id = a.id
        AND revoked_at IS NULL AND expires_at > ${now}::timestamptz
      HAVING count(*) > 0
    ) f ON true
    LEFT JOIN users o ON o.id = a.owner_id
    WHERE c.user_id IS NOT NULL OR f.live
    ORDER BY asked.position`;
  const names = [...new Set(rows.flatMap((row) => row.permissions.map(scopeOfPermission)))];
  const scopes = await prisma.scope.findMany({
    where: { name: { in: names } },
    select: scopeColumns,
    orderBy: { name: "asc" },
  });
  return rows.map(({ permissions, ...row }) => ({
    ...row,
    scopes: scopes.filter(({ name }) => permissions.some((permission) => scopeOfPermission(permission) === name)),
  }));
}
