import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { listApis } from "../apis/list-apis";
import { accessibleApplications } from "../applications/find-application";
import { listApplications } from "../applications/list-applications";
import { can, requireActor, type ServiceContext } from "../context";
import { listGroups } from "../groups/list-groups";
import { listInvitations } from "../invitations/list-invitations";
import { parseInput } from "../parse";
import type { Permission } from "../permissions";
import { listScopeUsage } from "../scopes/list-scope-usage";
import { listUsers, toUserSummary, userSummaryColumns } from "../users/manage/list-users";
import type { Described, Returned, Sent, Wire } from "../wire";
import { readIdentifiers } from "./read-identifiers";

export const foundKinds = ["application", "user", "group", "api", "scope", "invitation"] as const;

export type FoundKind = (typeof foundKinds)[number];

const found = z.strictObject({
  /** Of a scope, its name. */
  id: z.string(),
  name: z.string(),
  /** What tells it from others of its name. */
  detail: z.string(),
  disabled: z.boolean(),
});

export type Found = Described<typeof found>;

export const searchInput = z.object({ q: z.string() });

export const searchWire = {
  input: searchInput,
  output: z.strictObject({
    /** The one whose identifier is in what was typed or pasted. */
    exact: found.extend({ kind: z.enum(["application", "user"]) }).nullable(),
    /** By kind; only those of which something was found. */
    groups: z.array(
      z.strictObject({
        kind: z.enum(foundKinds),
        found: z.array(found),
        /** There are others in the list of this kind. */
        more: z.boolean(),
      }),
    ),
  }),
} satisfies Wire;

/** Of each kind. */
const mostFound = 5;
/** Longer texts are pasted for an identifier in them. */
const longestName = 100;

type Find = (context: ServiceContext, q: string) => Promise<Found[]>;

/** Those that the lists find. Without the permission nobody searches a kind; applications, everyone for their own. */
const kinds: Readonly<Record<FoundKind, { permission?: Permission; find: Find }>> = {
  application: {
    find: async (context, q) => (await listApplications(context, { q })).applications.map(toFoundApplication),
  },
  user: {
    permission: "users:read",
    find: async (context, q) => (await listUsers(context, { q })).users.map(toFoundUser),
  },
  group: {
    permission: "groups:read",
    find: async (context, q) =>
      (await listGroups(context, { q })).groups.map(({ id, name, description }) => toFound(id, name, description)),
  },
  api: {
    permission: "apis:read",
    find: async (context, q) =>
      (await listApis(context, { q })).apis.map(({ id, name, identifier }) => toFound(id, name, identifier)),
  },
  scope: {
    permission: "scopes:read",
    find: async (context, q) =>
      (await listScopeUsage(context, { q })).scopes.map(({ name, description }) => toFound(name, name, description)),
  },
  invitation: {
    permission: "invitations:read",
    find: async (context, q) =>
      (await listInvitations(context, { q, state: "pending" })).invitations.map(({ id, email }) =>
        toFound(id, email, ""),
      ),
  },
};

function toFound(id: string, name: string, detail: string, disabled = false): Found {
  return { id, name, detail, disabled };
}

interface FoundApplication {
  id: string;
  name: string;
  clientId: string;
  disabled: boolean;
}

function toFoundApplication({ id, name, clientId, disabled }: FoundApplication): Found {
  return toFound(id, name, clientId, disabled);
}

interface FoundUser {
  id: string;
  name: string | null;
  username: string;
  email: string;
  disabled: boolean;
}

function toFoundUser({ id, name, username, email, disabled }: FoundUser): Found {
  return toFound(id, name ?? username, name === null ? email : `${username} · ${email}`, disabled);
}

/**
 * The first of each kind that the actor may see and whose names contain what was typed; and the one whose client ID or
 * ID is in it, so that a line of a log leads there.
 */
export async function search(
  context: ServiceContext,
  input: Sent<typeof searchWire>,
): Promise<Returned<typeof searchWire>> {
  const actor = requireActor(context);
  const q = parseInput(searchInput, input).q.trim();
  if (q === "") return { exact: null, groups: [] };
  const searched = foundKinds.filter((kind) => {
    const { permission } = kinds[kind];
    return q.length <= longestName && (!permission || can(actor, permission));
  });
  const [exact, ...results] = await Promise.all([
    findExactly(context, readIdentifiers(q)),
    ...searched.map(async (kind) => ({ kind, rows: await kinds[kind].find(context, q) })),
  ]);
  const groups = results
    .filter(({ rows }) => rows.length > 0)
    .map(({ kind, rows }) => ({ kind, found: rows.slice(0, mostFound), more: rows.length > mostFound }));
  return { exact, groups };
}

/** The application or user that one of these identifiers names; null if none does, or several do. */
async function findExactly(
  context: ServiceContext,
  identifiers: readonly string[],
): Promise<Returned<typeof searchWire>["exact"]> {
  const prisma = getPrisma();
  const uuids = identifiers.filter(isUuid).map((id) => id.toLowerCase());
  const [applications, users] = await Promise.all([
    prisma.application.findMany({
      where: {
        ...accessibleApplications(context, "applications:read"),
        OR: [{ clientId: { in: [...identifiers] } }, { id: { in: uuids } }],
      },
      select: { id: true, name: true, clientId: true, disabledAt: true },
      take: 2,
    }),
    can(context.actor, "users:read") && uuids.length > 0
      ? prisma.user.findMany({ where: { id: { in: uuids } }, select: userSummaryColumns, take: 2 })
      : [],
  ]);
  const [only, ...others] = [
    ...applications.map(({ disabledAt, ...row }) => ({
      kind: "application" as const,
      ...toFoundApplication({ ...row, disabled: disabledAt !== null }),
    })),
    ...users.map((row) => ({ kind: "user" as const, ...toFoundUser(toUserSummary(row)) })),
  ];
  return others.length === 0 && only ? only : null;
}
