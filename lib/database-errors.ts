/** Something needed for the answer is unavailable at the moment: the caller should get a 503 and retry. */
export class UnavailableError extends Error {
  /** Not `instanceof`: the server and Next.js each load this module. */
  readonly code = "UNAVAILABLE";
}

/** Codes of Prisma, PostgreSQL and the network that mean "not now" rather than "never" or "your fault". */
const unavailableCodes = new Set([
  "UNAVAILABLE",
  "P1001", // can't reach the database
  "P1002", // reached, timed out
  "P1008", // operation timed out
  "P1017", // connection closed
  "P2024", // no free connection in the pool
  "P2028", // transaction could not be started in time
  "25006", // a standby, or a primary that has just become one
  "25P03", // the transaction was idle for too long
  "53100",
  "53200",
  "53300",
  "55P03", // a lock could not be had
  "57P01",
  "57P02",
  "57P03",
  "57014",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
]);

// ENOENT and EAGAIN on a socket: its server is gone, or its backlog is full.
const unavailableMessages =
  /connection terminated|is not queryable|query read timeout|timeout exceeded when trying to connect|server closed the connection|ECONNREFUSED|ECONNRESET|connect (ENOENT|EAGAIN)|the database system is (starting|shutting)|DatabaseNotReachable|ConnectionClosed/i;

/** How a connection in use ends: PostgreSQL shut down or crashed, an operator terminated it, or the network failed. */
const lostCodes = new Set(["57P01", "57P02", "ECONNRESET", "EPIPE", "ConnectionClosed"]);
const lostMessages = /connection terminated unexpectedly|connection error and is not queryable/i;

/** PostgreSQL rolled back this transaction in favor of another: serialization_failure and deadlock_detected. */
const conflictCodes = new Set(["P2034", "40001", "40P01", "TransactionWriteConflict"]);

/**
 * Whether an error means that the database can't answer at the moment: the caller should get a 503 and retry. Looks
 * only at codes and causes, so that no room except `lib/db` needs to know Prisma.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  return (
    isConflict(error) ||
    someCause(error, ({ codes, message }) => {
      return codes.some((code) => unavailableCodes.has(code)) || unavailableMessages.test(message);
    })
  );
}

/** Whether a transaction was rolled back in favor of another, so that a retry may succeed. */
export function isConflict(error: unknown): boolean {
  return someCause(error, ({ codes }) => codes.some((code) => conflictCodes.has(code)));
}

/**
 * Whether the connection broke during a query, which may have been carried out. A timeout doesn't count: it has waited
 * long enough.
 */
export function isConnectionLost(error: unknown): boolean {
  return someCause(error, ({ codes, message }) => {
    return codes.some((code) => lostCodes.has(code)) || lostMessages.test(message);
  });
}

/** What Prisma makes of classes 22 and 23 of PostgreSQL's codes: data exceptions and violated constraints. */
const refusedCodes = /^(P2000|P2002|P2003|P2004|P2011|P2020|2[23][0-9A-Z]{3})$/;

/** Whether PostgreSQL refuses what was to be stored: because of its form, or because of other rows. */
export function isRefusedByDatabase(error: unknown): boolean {
  return someCause(error, ({ codes }) => codes.some((code) => refusedCodes.test(code)));
}

/** However deeply Prisma and its driver adapter have wrapped the cause. */
function someCause(
  error: unknown,
  matches: (cause: { codes: string[]; message: string }) => boolean,
  depth = 0,
): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, originalCode, kind, cause, meta, message } = error as Record<string, unknown>;
  const codes = [code, originalCode, kind].filter((one) => typeof one === "string");
  if (matches({ codes, message: typeof message === "string" ? message : "" })) return true;
  const adapterError = (meta as { driverAdapterError?: unknown } | null | undefined)?.driverAdapterError;
  return someCause(adapterError, matches, depth + 1) || someCause(cause, matches, depth + 1);
}
