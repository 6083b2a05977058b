import { abortable } from "../abortable";
import type { ConfiguredDatabase } from "../configure";
import { repairShiftedTimes } from "../shifted-times/repair-shifted-times";
import { type AwaitOptions, awaitDatabase } from "./await-database";
import { checkRights, refuseForeignSchema } from "./check-schema";
import { migrate } from "./migrate";

/**
 * Brings the database up to date for this version: its tables, and data left by earlier versions. Everything that works
 * on a database begins with this. Any number of processes may call it at the same time.
 * @throws UserError if there is a problem that the operator has to fix
 */
export async function prepareDatabase(
  { configuration, postgres }: ConfiguredDatabase,
  { report, signal = new AbortController().signal }: Omit<AwaitOptions, "timeout">,
): Promise<void> {
  const databaseUrl = postgres?.url ?? configuration.DATABASE_URL ?? "";
  await awaitDatabase(databaseUrl, { report, signal });
  await abortable(refuseForeignSchema(databaseUrl), signal);
  // A migration that is interrupted has to be repaired by hand, so a signal only counts after its end.
  const applied = await migrate(databaseUrl, { report, signal });
  if (applied.length > 0) report(`Applied ${applied.length} database migration${applied.length > 1 ? "s" : ""}`);
  signal.throwIfAborted();
  await abortable(checkRights(databaseUrl), signal);
  const readZone = async () => (await postgres?.readConfiguredZone()) ?? null;
  const mended = await abortable(repairShiftedTimes(databaseUrl, readZone, report), signal);
  if (mended) report(mended);
}
