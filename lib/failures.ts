/** Codes of Prisma, PostgreSQL and the network that mean "not now" rather than "never" or "your fault". */
const unavailableCodes = new Set([
  "P1001", // can't reach the database
  "P1002", // reached, timed out
  "P1008", // operation timed out
  "P1017", // connection closed
  "P2024", // no free connection in the pool
  "P2028", // transaction could not be started in time
  "P2034", // write conflict or deadlock
  "40001",
  "40P01",
  "53300",
  "57P01",
  "57P02",
  "57P03",
  "57014",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
]);

const unavailableMessages =
  /connection terminated|timeout exceeded when trying to connect|server closed the connection|ECONNREFUSED|ECONNRESET|the database system is (starting|shutting)|DatabaseNotReachable|ConnectionClosed/i;

/**
 * Whether an error says that the database can't answer at the moment: the caller should hear 503 and try again.
 * Looks at codes and causes only, so that no room but `lib/db` needs to know Prisma.
 */
export function isDatabaseUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, cause, meta, message } = error as Record<string, unknown>;
  if (typeof code === "string" && unavailableCodes.has(code)) return true;
  if (typeof message === "string" && unavailableMessages.test(message)) return true;
  if (typeof meta === "object" && meta !== null && "driverAdapterError" in meta) {
    if (isDatabaseUnavailable(meta.driverAdapterError, depth + 1)) return true;
  }
  return isDatabaseUnavailable(cause, depth + 1);
}
