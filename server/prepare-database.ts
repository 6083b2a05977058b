import type { ConfiguredDatabase } from "./configure";
import { migrate } from "./migrate";
import { mendShiftedTimes } from "./shifted-times/mend-shifted-times";

/**
 * Brings the database to where this version can work on it: its tables, and what earlier versions left in them. Whatever
 * works on a database begins with this. Any number of processes may do so at once.
 */
export async function prepareDatabase(
  { configuration, postgres }: ConfiguredDatabase,
  report: (line: string) => void,
): Promise<void> {
  const databaseUrl = postgres?.url ?? configuration.DATABASE_URL ?? "";
  const applied = await migrate(databaseUrl);
  if (applied.length > 0) report(`Applied ${applied.length} database migration${applied.length > 1 ? "s" : ""}`);
  const mended = await mendShiftedTimes(databaseUrl, async () => (await postgres?.readConfiguredZone()) ?? null);
  if (mended) report(mended);
}
