import "server-only";
import type { Prisma } from "@/lib/db/client";
import type { Transaction } from "../context";

/** As many as a page or a message names; their number is always the true one. */
const namedApplications = 10;

export interface NamedApplications {
  count: number;
  /** The newest of them. */
  first: { id: string; name: string }[];
}

/** How many applications these are, and the names of the first: two queries, however many there are. */
export async function nameApplications(
  db: Pick<Transaction, "application">,
  where: Prisma.ApplicationWhereInput,
): Promise<NamedApplications> {
  const first = await db.application.findMany({
    where,
    select: { id: true, name: true },
    orderBy: { id: "desc" },
    take: namedApplications,
  });
  const count = first.length < namedApplications ? first.length : await db.application.count({ where });
  return { count, first };
}

/** In a sentence: "A, B and 37 more". */
export function formatApplications({ count, first }: NamedApplications): string {
  const names = first.map(({ name }) => name).join(", ");
  return count > first.length ? `${names} and ${count - first.length} more` : names;
}
