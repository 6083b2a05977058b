import "server-only";
import { getPrisma } from "@/lib/db/prisma";

/**
 * The descriptions that these scopes have in a language, by name; a scope without one is left out. For the pages of end
 * users, who are shown the scopes that an application asks for.
 */
export async function findScopeDescriptions(
  names: readonly string[],
  locale: string,
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  const rows = await getPrisma().scopeTranslation.findMany({ where: { scopeName: { in: [...names] }, locale } });
  return new Map(rows.map(({ scopeName, text }) => [scopeName, text]));
}
