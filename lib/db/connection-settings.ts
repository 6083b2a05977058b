import "server-only";
import type { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import { type DatabaseSettings, readDatabaseUrl } from "@/lib/database-url";

/** Replaces the URL with the settings in it, before any others. The driver would read it differently. */
export function readConnectionString<T extends { connectionString?: string | undefined }>(config: T) {
  const { connectionString, ...others } = config;
  if (connectionString === undefined) return others;
  const { settings, problems } = { settings: undefined, problems: [], ...readDatabaseUrl(connectionString) };
  if (!settings) throw new Error(problems.map((problem) => `The connection URL ${problem}.`).join("\n"));
  return { ...others, ...pickGiven(settings) };
}

function pickGiven(settings: DatabaseSettings): Partial<DatabaseSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/**
 * `sslmode=prefer`: a server without TLS (it answers `N` to the request for it) is used without. One with TLS is
 * verified as in every other mode.
 */
export function preferTls(connection: EventEmitter) {
  const driver = connection as EventEmitter & {
    stream: Duplex;
    connect(...address: unknown[]): void;
    attachListeners(stream: Duplex): void;
  };
  const connect = driver.connect.bind(driver);
  driver.connect = (...address) => {
    connect(...address);
    const { stream } = driver;
    const [readAnswer] = stream.listeners("data") as ((answer: Buffer) => void)[];
    stream.removeAllListeners("data");
    stream.once("data", (answer: Buffer) => {
      // Nothing may follow: it would be taken as part of the encrypted connection (CVE-2021-23222).
      if (answer.toString("latin1") !== "N") return readAnswer?.(answer);
      driver.attachListeners(stream);
      // It sends the start-up message, which is the same without TLS.
      return driver.emit("sslconnect");
    });
  };
}

/** The driver's deprecation warnings concern developers of this server, not its operators. */
export function silenceDriver() {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: []) => {
    if (!/\bpg@\d|next major version of pg\b|pg-connection-string/.test(String(warning))) emitWarning(warning, ...rest);
  }) as typeof process.emitWarning;
}
