import "server-only";
import { PrismaClient } from "./generated/client";
import { createPrismaAdapter } from "./postgres";

export type { Prisma } from "./generated/client";
export type { PrismaClient };

/** Connections of one process. Two cores answer no faster with more, and PostgreSQL allows 100 to all processes. */
const poolSize = 10;

/**
 * A client over one connection pool. A database that doesn't answer is reported as an error after seconds instead of
 * letting requests pile up.
 */
export function createPrismaClient(databaseUrl: string): PrismaClient {
  return new PrismaClient({
    adapter: createPrismaAdapter({
      connectionString: databaseUrl,
      max: poolSize,
      connectionTimeoutMillis: 4_000,
      statement_timeout: 10_000,
      // PostgreSQL keeps the limit above; a machine that hangs keeps none.
      query_timeout: 12_000,
      idle_in_transaction_session_timeout: 10_000,
    }),
  });
}
