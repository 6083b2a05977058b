import "server-only";
import { z } from "zod";
import { countRows } from "@/lib/db/lists/count-rows";
import { sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { scopeOfPermission } from "@/lib/oauth/scope/consent-entries";
import { requirePermission, type ServiceContext } from "../../context";
import { NotFoundError } from "../../errors";
import { listInput, listOf, rowCount } from "../../lists/list-wire";
import { inOrderOf, type List, readList } from "../../lists/read-list";
import { parseInput } from "../../parse";
import type { portalRoles } from "../../permissions";
import { mayManage } from "../../users/find-user";
import { userList } from "../../users/manage/user-list";
import { type Described, instant, type Returned, type Sent, type Wire } from "../../wire";
import { applicationReference, whereApplication } from "../find-application";

const personSorts = ["name", "username", "since"] as const;

const applicationPerson = z.strictObject({
  id: z.uuid(),
  username: z.string(),
  name: z.string().nullable(),
  email: z.string(),
  disabled: z.boolean(),
  /** What the user allowed; empty if nothing was asked. */
  scopes: z.array(z.string()),
  since: instant,
  /** Null: it holds nothing for them at the moment. */
  lastTokenAt: instant.nullable(),
  /** Whether the actor may revoke what they allowed. */
  revocable: z.boolean(),
});

export type ApplicationPerson = Described<typeof applicationPerson>;

/** Those who have allowed the application something, or whose tokens it holds now. */
function peopleOf(applicationId: string, now: Date) {
  const from = sql`(
    SELECT k.user_id, min(k.at) AS since FROM (
      SELECT user_id, created_at AS at FROM consents WHERE application_id = ${applicationId}::uuid
      UNION ALL
      SELECT user_id, created_at FROM token_families
      WHERE application_id = ${applicationId}::uuid AND revoked_at IS NULL AND expires_at > ${now}::timestamptz
    ) k GROUP BY k.user_id) p JOIN users u ON u.id = p.user_id`;
  return {
    from,
    id: sql`p.user_id`,
    searched: userList.searched,
    orders: {
      name: userList.orders.name,
      username: userList.orders.username,
      since: { by: sql`p.since`, kind: "moment" },
    },
    firstOrder: "name",
  } as const satisfies List<(typeof personSorts)[number]>;
}

export const countApplicationPeopleWire = { input: applicationReference, output: rowCount } satisfies Wire;

/** How many people use an application. Its owner learns no more than that (docs/permissions.md). */
export async function countApplicationPeople(
  context: ServiceContext,
  { id }: Sent<typeof countApplicationPeopleWire>,
): Promise<Returned<typeof countApplicationPeopleWire>> {
  await requireApplication(context, id);
  return countRows(getPrisma(), { ...peopleOf(id, context.now()), conditions: [] });
}

export const listApplicationPeopleInput = listInput(personSorts, applicationReference.shape);

export const listApplicationPeopleWire = {
  input: listApplicationPeopleInput,
  output: listOf("people", applicationPerson),
} satisfies Wire;

/** A page of the people who use an application, by name if nothing else is asked for. */
export async function listApplicationPeople(
  context: ServiceContext,
  input: Sent<typeof listApplicationPeopleWire>,
): Promise<Returned<typeof listApplicationPeopleWire>> {
  // Being the owner isn't enough: names and addresses are what users share with the application, if they do.
  requirePermission(context, "users:read");
  const { id } = input;
  await requireApplication(context, id);
  const now = context.now();
  const asked = parseInput(listApplicationPeopleInput, input);
  const { ids, ...page } = await readList(peopleOf(id, now), [], asked);
  const rows = await readPeople(id, ids, now);
  const people = rows.map(({ permissions, portalRole, ...person }) => ({
    ...person,
    scopes: [...new Set(permissions.map(scopeOfPermission))],
    revocable: mayManage({ portalRole }, context),
  }));
  return { people: inOrderOf(ids, people), ...page };
}

async function requireApplication(context: ServiceContext, id: string): Promise<void> {
  const where = whereApplication(context, id, "applications:read");
  const found = await getPrisma().application.findFirst({ where, select: { id: true } });
  if (!found) throw new NotFoundError("application");
}

type Row = Omit<ApplicationPerson, "scopes" | "revocable"> & {
  permissions: string[];
  portalRole: (typeof portalRoles)[number] | null;
};

function readPeople(applicationId: string, ids: readonly string[], now: Date): Promise<Row[]> {
  return getPrisma().$queryRaw<Row[]>`
    SELECT u.id, u.username, u.name, u.email, u.disabled_at IS NOT NULL AS disabled, u.portal_role AS "portalRole",
           COALESCE(c.scopes, '{}') AS permissions, LEAST(c.created_at, f.first_at) AS since,
           f.last_used_at AS "lastTokenAt"
    FROM users u
    LEFT JOIN consents c ON c.user_id = u.id AND c.application_id = ${applicationId}::uuid
    LEFT JOIN LATERAL (
      SELECT min(created_at) AS first_at, max(last_used_at) AS last_used_at FROM token_families
      WHERE user_id = u.id AND application_id = ${applicationId}::uuid
        AND revoked_at IS NULL AND expires_at > ${now}::timestamptz) f ON true
    WHERE u.id = ANY(${[...ids]}::uuid[])
      -- Revoked since the page was chosen: no longer one of them.
      AND LEAST(c.created_at, f.first_at) IS NOT NULL`;
}
