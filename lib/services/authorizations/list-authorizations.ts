import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { scopeOfPermission } from "@/lib/oauth/scope/consent-entries";
import { requireUser, type ServiceContext } from "../context";
import { scopeColumns, scopeDetails } from "../scopes/find-scope";
import { type Described, instant, type Returned, type Wire } from "../wire";

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

export const listAuthorizationsWire = { input: null, output: z.array(authorization) } satisfies Wire;

interface Row extends Omit<Authorization, "scopes"> {
  permissions: string[];
}

/** The applications that this user has authorized, the most recently used first. */
export async function listAuthorizations(context: ServiceContext): Promise<Returned<typeof listAuthorizationsWire>> {
  return findAuthorizations(requireUser(context), context.now());
}

/** The same of any user: whoever calls this has authorized it. */
export async function findAuthorizations(userId: string, now: Date): Promise<Authorization[]> {
  const prisma = getPrisma();
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT a.id AS "applicationId", a.name, o.username AS owner,
           a.registration_source = 'dynamic' AS "registeredDynamically", COALESCE(c.scopes, '{}') AS permissions,
           COALESCE(c.created_at, f.first_at) AS "authorizedAt", f.last_used_at AS "lastUsedAt",
           COALESCE(f.live, false) AS "hasLiveTokens"
    FROM (SELECT application_id, scopes, created_at FROM consents WHERE user_id = ${userId}::uuid) c
    FULL JOIN (
      SELECT application_id, min(created_at) AS first_at, max(last_used_at) AS last_used_at, true AS live
      FROM token_families
      WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND expires_at > ${now}::timestamptz
      GROUP BY application_id
    ) f ON f.application_id = c.application_id
    JOIN applications a ON a.id = COALESCE(c.application_id, f.application_id)
    LEFT JOIN users o ON o.id = a.owner_id
    ORDER BY COALESCE(f.last_used_at, c.created_at) DESC`;
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
