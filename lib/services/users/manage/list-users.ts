import "server-only";
import { z } from "zod";
import { type Sql, sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../../context";
import { listInput, listOf } from "../../lists/list-wire";
import { inOrderOf, readList } from "../../lists/read-list";
import { parseInput } from "../../parse";
import { portalRoles } from "../../permissions";
import { type Described, instant, type Returned, type Sent, type Wire } from "../../wire";
import { userList, userSorts } from "./user-list";

export const userSummary = z.strictObject({
  id: z.uuid(),
  username: z.string(),
  name: z.string().nullable(),
  email: z.string(),
  emailVerified: z.boolean(),
  portalRole: z.enum(portalRoles).nullable(),
  disabled: z.boolean(),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
});

export type UserSummary = Described<typeof userSummary>;

export const userSummaryColumns = {
  id: true,
  username: true,
  name: true,
  email: true,
  emailVerified: true,
  portalRole: true,
  disabledAt: true,
  createdAt: true,
  lastSignInAt: true,
} as const;

export const listUsersInput = listInput(userSorts, {
  status: z.enum(["enabled", "disabled"]).optional(),
  /** `none`: plain users. */
  role: z.enum([...portalRoles, "none"]).optional(),
  emailVerified: z.enum(["yes", "no"]).optional(),
  signIn: z.enum(["never"]).optional(),
});

export const listUsersWire = { input: listUsersInput, output: listOf("users", userSummary) } satisfies Wire;

/** A page of the users, by name if nothing else is asked for. */
export async function listUsers(
  context: ServiceContext,
  input: Sent<typeof listUsersWire> = {},
): Promise<Returned<typeof listUsersWire>> {
  requirePermission(context, "users:read");
  const asked = parseInput(listUsersInput, input);
  const { ids, ...page } = await readList(userList, toConditions(asked), asked);
  const rows = await getPrisma().user.findMany({ where: { id: { in: ids } }, select: userSummaryColumns });
  return { users: inOrderOf(ids, rows).map(toUserSummary), ...page };
}

type Row = Omit<UserSummary, "disabled"> & { disabledAt: Date | null };

export function toUserSummary({ disabledAt, ...row }: Row): UserSummary {
  return { ...row, disabled: disabledAt !== null };
}

function toConditions({ status, role, emailVerified, signIn }: z.output<typeof listUsersInput>): Sql[] {
  const conditions: Sql[] = [];
  if (status) conditions.push(status === "disabled" ? sql`u.disabled_at IS NOT NULL` : sql`u.disabled_at IS NULL`);
  if (role) conditions.push(role === "none" ? sql`u.portal_role IS NULL` : sql`u.portal_role = ${role}::portal_role`);
  if (emailVerified) conditions.push(emailVerified === "yes" ? sql`u.email_verified` : sql`NOT u.email_verified`);
  if (signIn) conditions.push(sql`u.last_sign_in_at IS NULL`);
  return conditions;
}
