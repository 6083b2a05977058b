import "server-only";
import { z } from "zod";
import type { Prisma } from "@/lib/db/client";
import type { Transaction } from "../context";

/** As many as a page or a message names; the count is always exact. */
const mostNamed = 10;

export const namedApplications = z.strictObject({
  count: z.int(),
  /** The newest ones. */
  first: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
});

export type NamedApplications = z.output<typeof namedApplications>;

/** The number of these applications, and the names of the first: always two queries. */
export async function nameApplications(
  db: Pick<Transaction, "application">,
  where: Prisma.ApplicationWhereInput,
): Promise<NamedApplications> {
  const first = await db.application.findMany({
    where,
    select: { id: true, name: true },
    orderBy: { id: "desc" },
    take: mostNamed,
  });
  const count = first.length < mostNamed ? first.length : await db.application.count({ where });
  return { count, first };
}

/** As part of a sentence: "A, B and 37 more". */
export function formatApplications({ count, first }: NamedApplications): string {
  const names = first.map(({ name }) => name).join(", ");
  return count > first.length ? `${names} and ${count - first.length} more` : names;
}
