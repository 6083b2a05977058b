import "server-only";
import { getPrisma } from "./prisma";

/** The database's current time, not that at which the transaction began. */
export async function readTime(): Promise<Date> {
  const [row] = await getPrisma().$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
  if (!row) throw new Error("The database didn't say what time it is.");
  return row.at;
}
