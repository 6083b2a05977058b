import { setTimeout as sleep } from "node:timers/promises";
import { readDatabaseUrl } from "@/lib/database-url";
import { createPostgresClient } from "@/lib/db/postgres";
import { abortable } from "../abortable";
import { UserError } from "../user-error";
import { type DatabaseFault, describeDatabaseFault } from "./database-faults";

export interface AwaitOptions {
  /** Receives a line when the wait begins, and another when its reason changes. */
  report: (line: string) => void;
  /** Ends the wait with its reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds. A minute by default, which a database that starts together with the server may need. */
  timeout?: number;
}

const pauseMs = 1000;
/** The first attempt fails quickly; later ones allow for a slow network. */
const attemptsMs = [3000, 6000, 10_000];

/**
 * Waits until the database answers a query.
 * @throws UserError immediately if waiting can't help, otherwise after a minute
 */
export async function awaitDatabase(url: string, { report, signal, timeout = 60_000 }: AwaitOptions): Promise<void> {
  const place = describePlace(url);
  const deadline = performance.now() + timeout;
  let told = "";
  for (let attempt = 0; ; attempt += 1) {
    const limit = Math.min(attemptsMs[attempt] ?? 10_000, Math.max(pauseMs, deadline - performance.now()));
    const fault = await attemptQuery(url, limit, signal);
    if (!fault) {
      if (told) report("The database answers");
      return;
    }
    if (!fault.mayPass) throw new UserError(`${fault.message}.`);
    if (performance.now() + pauseMs >= deadline) {
      const waited = Math.round(timeout / 1000);
      throw new UserError(`${fault.message} (${place}). Gave up after ${waited} seconds. Check DATABASE_URL.`);
    }
    if (fault.message !== told) report(`Waiting for the database at ${place}. ${fault.message}.`);
    told = fault.message;
    await sleep(pauseMs, undefined, { signal });
  }
}

/**
 * @returns what was wrong, null if the database answered
 * @throws the error if the database isn't its cause
 */
async function attemptQuery(url: string, limit: number, signal?: AbortSignal): Promise<DatabaseFault | null> {
  const client = createPostgresClient(url);
  // Once it is abandoned, nothing else listens.
  client.on("error", () => {});
  const query = client.connect().then(() => client.query("SELECT 1"));
  query.catch(() => {});
  const over = AbortSignal.timeout(limit);
  try {
    await abortable(query, signal ? AbortSignal.any([signal, over]) : over);
    await abortable(client.end(), over);
    return null;
  } catch (error) {
    client.abandon();
    signal?.throwIfAborted();
    if (over.aborted) return { message: "It doesn't answer", mayPass: true };
    const fault = describeDatabaseFault(error);
    if (!fault) throw error;
    return fault;
  }
}

function describePlace(url: string): string {
  const { settings } = { settings: undefined, ...readDatabaseUrl(url) };
  if (!settings) return "DATABASE_URL";
  const { host, port = 5432 } = settings;
  if (host.startsWith("/")) return `${host}/.s.PGSQL.${port}`;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
