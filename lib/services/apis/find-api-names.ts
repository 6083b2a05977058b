import "server-only";
import { getPrisma } from "@/lib/db/prisma";

export interface NamedApi {
  identifier: string;
  /** Null if it no longer exists. */
  name: string | null;
}

/**
 * The APIs with these identifiers, in the same order, by their names for readers of `locale`. For the consent page:
 * shown to any user whom an application asks.
 */
export async function findApiNames(identifiers: readonly string[], locale: string): Promise<NamedApi[]> {
  if (identifiers.length === 0) return [];
  const apis = await getPrisma().api.findMany({
    where: { identifier: { in: [...identifiers] } },
    select: { identifier: true, name: true, translations: { where: { locale }, select: { text: true } } },
  });
  const names = new Map(apis.map(({ identifier, name, translations }) => [identifier, translations[0]?.text ?? name]));
  return identifiers.map((identifier) => ({ identifier, name: names.get(identifier) ?? null }));
}
