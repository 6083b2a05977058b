import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { pageInput, pageOf, rowsForPage, toPage } from "../page";
import type { Described, Returned, Sent, Wire } from "../wire";
import { scopeColumns, scopeDetails } from "./find-scope";
import { scopeNameSchema } from "./scope-schema";

const scopeUsage = scopeDetails.extend({
  /** How many applications name it in their list of allowed scopes. */
  applicationCount: z.int(),
  /** The names of the APIs that use it. */
  apiNames: z.array(z.string()),
});

export type ScopeUsage = Described<typeof scopeUsage>;

export const listScopeUsageWire = { input: pageInput, output: pageOf("scopes", scopeUsage) } satisfies Wire;

/** A page of the scopes by name, with where each is used. */
export async function listScopeUsage(
  context: ServiceContext,
  { after }: Sent<typeof listScopeUsageWire> = {},
): Promise<Returned<typeof listScopeUsageWire>> {
  requirePermission(context, "scopes:read");
  const prisma = getPrisma();
  const cursor = scopeNameSchema.safeParse(after);
  const rows = await prisma.scope.findMany({
    where: cursor.success ? { name: { gt: cursor.data } } : {},
    select: scopeColumns,
    orderBy: { name: "asc" },
    take: rowsForPage,
  });
  const { page, next } = toPage(rows, ({ name }) => name);
  const names = page.map(({ name }) => name);
  const [counts, apis] = await Promise.all([
    prisma.$queryRaw<{ name: string; count: number }[]>`
      SELECT named.scope AS name, count(*)::int AS count
      FROM applications, unnest(allowed_scopes) AS named (scope)
      WHERE named.scope = ANY(${names}) GROUP BY named.scope`,
    prisma.api.findMany({
      where: { scopes: { hasSome: names } },
      select: { name: true, scopes: true },
      orderBy: { name: "asc" },
    }),
  ]);
  return {
    scopes: page.map((scope) => ({
      ...scope,
      applicationCount: counts.find(({ name }) => name === scope.name)?.count ?? 0,
      apiNames: apis.filter(({ scopes }) => scopes.includes(scope.name)).map(({ name }) => name),
    })),
    next,
  };
}
