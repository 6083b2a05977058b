import "server-only";
import { type DatabaseLimits, serverLimits } from "@/lib/database-limits";
import { readConnectionString } from "./connection-settings";
import { PrismaClient } from "./generated/client";
import { createPrismaAdapter } from "./postgres";

export type { Prisma } from "./generated/client";
export type { PrismaClient };

/** Connections of one process. Two cores answer no faster with more, and PostgreSQL allows 100 to all processes. */
const poolSize = 10;

/**
 * Milliseconds that a query or a transaction waits for a connection, a new one or one that others hand back. Prisma's
 * own limit for transactions is half of it, which a crowd on a busy machine reaches while single queries still pass.
 */
const connectionTimeout = 4000;
/**
 * Milliseconds without traffic, from a connection's point of view, after which it asks whether the other end is there.
 */
const keepAliveDelay = 5000;

/**
 * A client over one connection pool. A database that doesn't answer is reported as an error after seconds instead of
 * letting requests pile up.
 * @param limits in place of the server's and the URL's
 */
export function createPrismaClient(databaseUrl: string, limits: DatabaseLimits = {}): PrismaClient {
  const settings = readConnectionString({
    connectionString: databaseUrl,
    max: poolSize,
    connectionTimeoutMillis: connectionTimeout,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveDelay,
    ...serverLimits,
  });
  return new PrismaClient({
    adapter: createPrismaAdapter({ ...settings, ...limits }),
    transactionOptions: { maxWait: connectionTimeout },
  });
}
