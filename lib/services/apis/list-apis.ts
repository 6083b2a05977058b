import "server-only";
import { z } from "zod";
import { type Sql, sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { listInput, listOf } from "../lists/list-wire";
import { inOrderOf, type List, readList } from "../lists/read-list";
import { parseInput } from "../parse";
import type { Described, Returned, Sent, Wire } from "../wire";
import { apiColumns, apiDetails } from "./get-api";

export const apiSorts = ["name", "created"] as const;

export const apiTokenFormats = ["opaque", "jwt"] as const;

const apiSummary = apiDetails.omit({ resourceServers: true, updatedAt: true }).extend({ resourceServerCount: z.int() });

export type ApiSummary = Described<typeof apiSummary>;

export const listApisInput = listInput(apiSorts, {
  tokenFormat: z.enum(apiTokenFormats).optional(),
  /** The name of a scope that they have. */
  scope: z.string().optional(),
});

export const listApisWire = { input: listApisInput, output: listOf("apis", apiSummary) } satisfies Wire;

const apiList: List<(typeof apiSorts)[number]> = {
  from: sql`apis a`,
  id: sql`a.id`,
  // As in the indexes: without the same expressions they aren't used.
  searched: {
    column: sql`lower(a.name || ' ' || a.identifier)`,
    table: sql`apis`,
    name: sql`lower(name || ' ' || identifier)`,
    id: sql`a.id`,
    trigramIndex: "apis_trigrams_idx",
  },
  orders: { name: { by: sql`lower(a.name)`, kind: "text" }, created: { by: sql`a.created_at`, kind: "moment" } },
  firstOrder: "-created",
};

/** A page of the APIs, the newest first if nothing else is asked for. */
export async function listApis(
  context: ServiceContext,
  input: Sent<typeof listApisWire> = {},
): Promise<Returned<typeof listApisWire>> {
  requirePermission(context, "apis:read");
  const asked = parseInput(listApisInput, input);
  const { ids, ...page } = await readList(apiList, toConditions(asked), asked);
  const rows = await getPrisma().api.findMany({
    where: { id: { in: ids } },
    select: { ...apiColumns, _count: { select: { resourceServers: true } } },
  });
  const apis = inOrderOf(ids, rows).map(({ _count, ...api }) => ({
    ...api,
    resourceServerCount: _count.resourceServers,
  }));
  return { apis, ...page };
}

function toConditions({ tokenFormat, scope }: z.output<typeof listApisInput>): Sql[] {
  const conditions: Sql[] = [];
  if (tokenFormat) conditions.push(sql`a.token_format = ${tokenFormat}::token_format`);
  if (scope) conditions.push(sql`a.scopes @> ARRAY[${scope}::text]`);
  return conditions;
}
