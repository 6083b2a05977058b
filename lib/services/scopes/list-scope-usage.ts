import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { Scope } from "@/lib/oauth/ports/types";
import { requirePermission, type ServiceContext } from "../context";
import { type PageInput, rowsForPage, toPage } from "../page";
import { scopeNameSchema } from "./scope-schema";

export interface ScopeUsage extends Scope {
  /** How many applications name it in their list of allowed scopes. */
  applicationCount: number;
  /** The names of the APIs that it means something to. */
  apiNames: string[];
}

/** A page of the scopes by name, with where each is used. */
export async function listScopeUsage(
  context: ServiceContext,
  { after }: PageInput = {},
): Promise<{ scopes: ScopeUsage[]; next: string | null }> {
  requirePermission(context, "scopes:read");
  const prisma = getPrisma();
  const cursor = scopeNameSchema.safeParse(after);
  const rows = await prisma.scope.findMany({
    where: cursor.success ? { name: { gt: cursor.data } } : {},
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
