import { isDatabaseUnavailable } from "@/lib/database-errors";

/** A database error as one sentence for the operator. */
export interface DatabaseFault {
  /** Without a final period. */
  message: string;
  /** Whether waiting may help: the database starts, the network comes back. */
  mayPass: boolean;
}

interface DriverError {
  code?: unknown;
  message?: unknown;
  /** For errors of the operating system: the call that failed. */
  syscall?: unknown;
  /** For errors sent by PostgreSQL. */
  severity?: unknown;
  /** For a host with several addresses: one error for each. */
  errors?: unknown;
}

/** System errors in plain words. All of them may pass, except a socket without permission to open it. */
const networkFaults: Record<string, string> = {
  ECONNREFUSED: "connection refused: nothing is listening there",
  ECONNRESET: "the connection was closed",
  EPIPE: "the connection was closed",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "no route to this host",
  EHOSTDOWN: "this host is down",
  ENETUNREACH: "no route to this network",
  ENETDOWN: "the network is down",
  ENOTFOUND: "unknown host name",
  EAI_AGAIN: "the host name can't be resolved at the moment",
  ENOENT: "there is no such socket",
};

/** SQLSTATE, https://www.postgresql.org/docs/18/errcodes-appendix.html */
const refusals: Record<string, (message: string) => string> = {
  "28P01": (message) => `The database rejects the user or password: ${message}. Check DATABASE_URL`,
  "28000": (message) => `The database rejects the connection: ${message}. Check DATABASE_URL and pg_hba.conf`,
  "3D000": (message) => `${capitalise(message)}. Create it (CREATE DATABASE …), or check DATABASE_URL`,
  "42501": describeMissingRight,
};

/** @returns null if the error comes neither from the database nor from the connection to it */
export function describeDatabaseFault(error: unknown): DatabaseFault | null {
  if (typeof error !== "object" || error === null) return null;
  const { code, message: text, syscall, severity, errors } = error as DriverError;
  if (Array.isArray(errors) && errors.length > 0) return describeDatabaseFault(errors[0]);
  const message = typeof text === "string" ? text : "";
  if (["connect", "getaddrinfo", "read", "write"].includes(String(syscall))) {
    if (code === "EACCES" && syscall === "connect") {
      return { message: "This system user may not open the database's socket", mayPass: false };
    }
    const network = networkFaults[String(code)];
    if (network) return { message: `The database can't be reached: ${network}`, mayPass: true };
  }
  const refusal = refusals[String(code)];
  if (refusal) return { message: refusal(message), mayPass: false };
  const tls = describeTlsFault(code, message);
  if (tls) return { message: tls, mayPass: false };
  if (message.includes("password must be a")) {
    return { message: "The database requires a password, but DATABASE_URL has none", mayPass: false };
  }
  if (isDatabaseUnavailable(error) || isPoolerWaiting(code, message)) {
    return { message: `The database doesn't work at the moment: ${message}`, mayPass: true };
  }
  if (severity === undefined) return null;
  return { message: `The database answers with an error: ${message} (${code})`, mayPass: false };
}

/** PgBouncer, while the PostgreSQL behind it is down. All its own errors have one code (08P01). */
function isPoolerWaiting(code: unknown, message: string): boolean {
  return (
    ["08P01", "08006", "58000"].includes(String(code)) &&
    /query_wait_timeout|cannot connect to server|server (login|conn)|connect_timeout|client_login_timeout/.test(message)
  );
}

function describeTlsFault(code: unknown, message: string): string | null {
  if (message.includes("does not support SSL connections")) {
    return "DATABASE_URL requires TLS, but the database has none: set up TLS there, or use sslmode=disable or sslmode=prefer";
  }
  // Names of OpenSSL's certificate errors, and Node.js's own.
  const isTls = /CERT|SIGNATURE|^ERR_(TLS|SSL|OSSL)|SELF_SIGNED/.test(String(code));
  if (!isTls && !message.includes("establishing an SSL connection")) return null;
  return `The TLS of the database isn't trusted: ${message}. Name its authority with sslrootcert in DATABASE_URL; sslmode=no-verify takes any certificate`;
}

/** "permission denied for table users", "must be owner of table users". */
export function describeMissingRight(message: string): string {
  const grants: Record<string, string> = {
    schema: "GRANT CREATE, USAGE ON SCHEMA public TO …",
    database: "GRANT CONNECT ON DATABASE … TO …",
    table: "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO …",
  };
  const kind = /permission denied for (schema|database|table|sequence|relation)/.exec(message)?.[1] ?? "";
  const advice = grants[kind] ?? "Make the user of DATABASE_URL the owner of the database and of its tables";
  return `The user of DATABASE_URL lacks a right: ${message}. ${kind in grants ? `As the owner: ${advice}` : advice}`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
