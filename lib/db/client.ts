import "server-only";
import { PrismaClient } from "./generated/client";
import { createPrismaAdapter } from "./postgres";

export type { Prisma } from "./generated/client";
export type { PrismaClient };

/** Connections of one process. Two cores answer no faster with more, and PostgreSQL allows 100 to all processes. */
const poolSize = 10;

/**
 * Milliseconds that a query or a transaction waits for a connection, a new one or one that others hand back. Prisma's own
 * limit for transactions is half of it, which a crowd on a busy machine reaches while single queries still pass.
 */
const connectionTimeout = 4000;
/**
 * Milliseconds that PostgreSQL may work on a statement, and after which it ends a transaction that has no next one: a
 * COMMIT that arrives later than its caller was told of a failure finds nothing to store.
 */
const serverTimeout = 6000;
/**
 * Milliseconds after which a query without an answer is given up, with its connection: more than PostgreSQL allows itself,
 * so that nothing is stored after its failure was reported, and less than the ten seconds in which the process has to be
 * well again after its connections have died.
 */
const queryTimeout = 8000;
/** Milliseconds without traffic, from a connection's point of view, after which it asks whether the other end is there. */
const keepAliveDelay = 5000;

/**
 * A client over one connection pool. A database that doesn't answer is reported as an error after seconds instead of
 * letting requests pile up.
 */
export function createPrismaClient(databaseUrl: string): PrismaClient {
  return new PrismaClient({
    adapter: createPrismaAdapter({
      connectionString: databaseUrl,
      max: poolSize,
      connectionTimeoutMillis: connectionTimeout,
      statement_timeout: serverTimeout,
      query_timeout: queryTimeout,
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveDelay,
      idle_in_transaction_session_timeout: serverTimeout,
    }),
    transactionOptions: { maxWait: connectionTimeout },
  });
}
