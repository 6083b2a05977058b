import "server-only";
import { z } from "zod";
import { type Sql, sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { openidScopes } from "@/lib/oauth/openid/claims";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext } from "../context";
import { listInput, listOf, rowCount } from "../lists/list-wire";
import { type List, readList } from "../lists/read-list";
import { parseInput } from "../parse";
import type { Described, Returned, Sent, Wire } from "../wire";
import { scopeColumns, scopeDetails } from "./find-scope";
import { findScopeUsage } from "./find-scope-usage";

export const scopeSorts = ["name"] as const;

/** Whom a scope is granted to: by default, on request, or only if an application's own list contains it. */
export const scopeAccesses = ["default", "request", "restricted"] as const;

export const scopeKinds = ["openid", "custom"] as const;

const scopeUsage = scopeDetails.extend({
  /** How many applications name it in their list of allowed scopes, up to 10,000. */
  applications: rowCount,
  /** How many APIs use it, up to 10,000, and the names of the first. */
  apis: rowCount,
  apiNames: z.array(z.string()),
});

export type ScopeUsage = Described<typeof scopeUsage>;

export const listScopeUsageInput = listInput(scopeSorts, {
  access: z.enum(scopeAccesses).optional(),
  /** Whether OpenID Connect defines what it means, or whoever created it. */
  kind: z.enum(scopeKinds).optional(),
  /** The ID of an API that uses it; one that there isn't uses none. */
  api: z.string().optional(),
});

export const listScopeUsageWire = {
  input: listScopeUsageInput,
  output: listOf("scopes", scopeUsage),
} satisfies Wire;

const scopeList: List<(typeof scopeSorts)[number]> = {
  from: sql`scopes s`,
  id: sql`s.name`,
  idKind: "text",
  searched: {
    column: sql`lower(s.name || ' ' || s.description)`,
    table: sql`scopes`,
    name: sql`lower(name || ' ' || description)`,
    id: sql`s.name`,
    key: sql`name`,
    trigramIndex: "scopes_trigrams_idx",
  },
  orders: { name: { by: sql`s.name`, kind: "text" } },
  firstOrder: "name",
};

/** A page of the scopes by name, with where each is used. */
export async function listScopeUsage(
  context: ServiceContext,
  input: Sent<typeof listScopeUsageWire> = {},
): Promise<Returned<typeof listScopeUsageWire>> {
  requirePermission(context, "scopes:read");
  const asked = parseInput(listScopeUsageInput, input);
  const { ids: names, ...page } = await readList(scopeList, toConditions(asked), asked);
  const [rows, usageOf] = await Promise.all([
    getPrisma().scope.findMany({ where: { name: { in: names } }, select: scopeColumns }),
    findScopeUsage(names),
  ]);
  const byName = new Map(rows.map((row) => [row.name, row]));
  const scopes = names.flatMap((name) => {
    const row = byName.get(name);
    return row ? [{ ...row, ...usageOf(name) }] : [];
  });
  return { scopes, ...page };
}

function toConditions({ access, kind, api }: z.output<typeof listScopeUsageInput>): Sql[] {
  const conditions: Sql[] = [];
  if (access) conditions.push(accessConditions[access]);
  if (kind) {
    const isStandard = sql`s.name = ANY(${[...openidScopes]}::text[])`;
    conditions.push(kind === "openid" ? isStandard : sql`NOT ${isStandard}`);
  }
  if (api) {
    conditions.push(
      isUuid(api) ? sql`s.name IN (SELECT unnest(scopes) FROM apis WHERE id = ${api}::uuid)` : sql`false`,
    );
  }
  return conditions;
}

const accessConditions: Readonly<Record<(typeof scopeAccesses)[number], Sql>> = {
  default: sql`s.is_default`,
  request: sql`NOT s.is_default AND NOT s.is_restricted`,
  restricted: sql`s.is_restricted`,
};
