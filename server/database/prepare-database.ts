import { abortable } from "../abortable";
import type { ConfiguredDatabase } from "../configure";
import { mendShiftedTimes } from "../shifted-times/mend-shifted-times";
import { type AwaitOptions, awaitDatabase } from "./await-database";
import { checkRights, refuseForeignSchema } from "./check-schema";
import { migrate } from "./migrate";

/**
 * Brings the database to where this version can work on it: its tables, and what earlier versions left in them.
 * Whatever works on a database begins with this. Any number of processes may do so at once.
 * @throws UserError if something is wrong that a person has to mend
 */
export async function prepareDatabase(
  { configuration, postgres }: ConfiguredDatabase,
  { report, signal = new AbortController().signal }: Omit<AwaitOptions, "patience">,
): Promise<void> {
  const databaseUrl = postgres?.url ?? configuration.DATABASE_URL ?? "";
  await awaitDatabase(databaseUrl, { report, signal });
  await abortable(refuseForeignSchema(databaseUrl), signal);
  // A migration that is cut off halfway needs a person's hand: it ends before a signal counts.
  const applied = await migrate(databaseUrl, { report, signal });
  if (applied.length > 0) report(`Applied ${applied.length} database migration${applied.length > 1 ? "s" : ""}`);
  signal.throwIfAborted();
  await abortable(checkRights(databaseUrl), signal);
  const readZone = async () => (await postgres?.readConfiguredZone()) ?? null;
  const mended = await abortable(mendShiftedTimes(databaseUrl, readZone, report), signal);
  if (mended) report(mended);
}
