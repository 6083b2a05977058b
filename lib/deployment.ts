import { env } from "@/lib/env";

/**
 * What a process must know before it can query a database, or must not store in one. Always from the environment, apart
 * from `Settings`.
 */
export interface Deployment {
  databaseUrl: string;
  /** Protects sessions, cookies and signing keys. */
  authSecret: string;
  logLevel: string;
  /** Defaults to a number that depends on the machine. */
  passwordHashThreads: number;
  isDevelopment: boolean;
}

export function deployment(): Deployment {
  const { DATABASE_URL, AUTH_SECRET, LOG_LEVEL, PASSWORD_HASH_THREADS, NODE_ENV } = env();
  return {
    databaseUrl: DATABASE_URL,
    authSecret: AUTH_SECRET,
    logLevel: LOG_LEVEL,
    passwordHashThreads: PASSWORD_HASH_THREADS,
    isDevelopment: NODE_ENV === "development",
  };
}
