import "server-only";
import { type DatabaseLimits, serverLimits } from "@/lib/database-limits";
import { readConnectionString } from "./connection-settings";
import { PrismaClient } from "./generated/client";
import { createPrismaAdapter } from "./postgres";

export type { PortalRole, Prisma } from "./generated/client";
export type { PrismaClient };

/** Connections of one process. Two cores answer no faster with more, and PostgreSQL allows 100 for all processes. */
const poolSize = 10;

/**
 * Milliseconds that a query or a transaction waits for a connection, a new one or one that others return. Prisma's own
 * limit for transactions is half of it, which a busy machine reaches while single queries still succeed.
 */
const connectionTimeout = 4000;
/** Milliseconds without traffic, on a connection, after which it checks whether the other end is there. */
const keepAliveDelay = 5000;

/**
 * A client over one connection pool. If the database doesn't answer, requests fail after seconds instead of piling up.
 * @param limits instead of those of the server and the URL
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
