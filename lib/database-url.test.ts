import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDatabaseUrl } from "./database-url";

let directory: string;
let authority: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), "latchkey-database-url-"));
  authority = path.join(directory, "ca.pem");
  writeFileSync(authority, "a certificate");
});

afterAll(() => rmSync(directory, { recursive: true }));

function read(url: string) {
  const { settings, problems } = { settings: undefined, problems: undefined, ...readDatabaseUrl(url) };
  if (problems) throw new Error(problems.join("\n"));
  return Object.fromEntries(Object.entries(settings ?? {}).filter(([, value]) => value !== undefined));
}

function problemsOf(url: string): string {
  return (readDatabaseUrl(url).problems ?? []).join("\n");
}

describe("host, port and database", () => {
  test.each([
    ["postgresql://db", { host: "db" }],
    ["postgres://me:secret@db.example.com:6432/latchkey", { host: "db.example.com", port: 6432, user: "me" }],
    ["postgresql://[::1]:5432/latchkey", { host: "::1", port: 5432, database: "latchkey" }],
    ["postgresql://me@db/a%20b", { database: "a b" }],
    ["postgresql://m%40e:p%3A%2F%3F%23%25@db/x", { user: "m@e", password: "p:/?#%" }],
    ["postgresql://me:a@b:c@db/x", { host: "db", user: "me", password: "a@b:c" }],
    ["postgresql://me:100%@db/x", { password: "100%" }],
    ["postgresql://me:50%off@db/x", { password: "50%off" }],
    ["postgresql://db/x?host=other&port=7000&user=you&password=s", { host: "other", port: 7000, user: "you" }],
  ])("%s", (url, expected) => {
    expect(read(url)).toMatchObject(expected);
  });

  test.each([
    ["in the query", "postgresql://me:secret@/latchkey?host=/run/my%20db&port=5433"],
    ["in the query, without a user", "postgresql:///latchkey?host=/run/my%20db&port=5433"],
    ["in the query, with a port of the authority", "postgresql://me:secret@:5433/latchkey?host=/run/my%20db"],
    ["percent-encoded as host", "postgresql://me:secret@%2Frun%2Fmy%20db:5433/latchkey"],
    ["percent-encoded in small letters", "postgresql://me:secret@%2frun%2fmy%20db:5433/latchkey?sslmode=prefer"],
    ["in the query, before another host", "postgresql://me:secret@db/latchkey?host=%2Frun%2Fmy+db&port=5433"],
  ])("the folder of a socket %s", (_, url) => {
    expect(read(url)).toMatchObject({ host: "/run/my db", port: 5433, database: "latchkey", ssl: false });
  });

  test("the folder of a socket may have any name, percent-encoded", () => {
    const folder = "/srv/a, b $x`y`\"'#?@:[%41]/ü";
    expect(read(`postgresql://me:secret@${encodeURIComponent(folder)}:5432/latchkey`).host).toBe(folder);
  });

  test.each([
    ["postgresql:///latchkey", "names no host"],
    ["postgresql://me:secret@/latchkey", "names no host"],
    ["postgresql://me:secret@:5432/latchkey", "names no host"],
    ["postgresql://a:5432,b:5432/latchkey", "names several hosts"],
    ["postgresql:///latchkey?host=/run/a,/run/b", "names several hosts"],
    ["postgresql:///latchkey?host=@abstract", "special characters are percent-encoded"],
    ["postgresql:///latchkey?host=%40abstract", "neither a name nor an address"],
    ["postgresql://db:0/latchkey", "port"],
    ["postgresql://db:65536/latchkey", "port"],
    ["postgresql://::1/latchkey", "IPv6 address stands in brackets"],
    ["postgresql:latchkey", "must be the URL"],
    ["mysql://db/latchkey", "must be the URL"],
    ["https://db/latchkey", "must be the URL"],
    ["db.example.com", "must be the URL"],
    ["postgresql:///latchkey?host=/run/db&sslmode=require", "has no TLS: remove sslmode"],
  ])("%s is refused: %s", (url, problem) => {
    expect(problemsOf(url)).toContain(problem);
  });

  test.each(["#", "/", "?"])("a password with %s that isn't encoded is refused and not repeated", (character) => {
    for (const start of ["hunter", "123"]) {
      const problem = problemsOf(`postgresql://me:${start}${character}trust=no1@db/latchkey`);
      expect(problem).toContain("special characters are percent-encoded");
      expect(problem).not.toMatch(/hunter|trust|no1/);
    }
  });
});

describe("parameters", () => {
  test.each([
    "schema=latchkey",
    "pgbouncer=true",
    "connection_limit=5",
    "target_session_attrs=any",
    "channel_binding=require",
    "client_encoding=latin1",
    "uselibpqcompat=true",
    "max=5",
    "SSLMODE=require",
    "constructor=x",
  ])("%s has no effect and is refused by its name", (parameter) => {
    const [name = ""] = parameter.split("=");
    expect(problemsOf(`postgresql://db/latchkey?application_name=x&${parameter}`)).toContain(name);
  });

  test("all parameters without effect are named", () => {
    expect(problemsOf("postgresql://db/latchkey?pgbouncer=true&pool_timeout=3&sslmode=require")).toContain(
      "no effect here: pgbouncer, pool_timeout. Remove them",
    );
  });

  test("the schema of the tables may be named", () => {
    expect(read("postgresql://db/latchkey?schema=public")).toEqual(read("postgresql://db/latchkey"));
  });

  test("a repeated parameter is refused", () => {
    expect(problemsOf("postgresql://db/latchkey?sslmode=disable&sslmode=require")).toContain("sslmode twice");
  });

  test("limits are numbers", () => {
    const limits = "statement_timeout=400&idle_in_transaction_session_timeout=400&query_timeout=800";
    expect(read(`postgresql://db/x?${limits}&connect_timeout=7`)).toMatchObject({
      statement_timeout: 400,
      idle_in_transaction_session_timeout: 400,
      query_timeout: 800,
      connectionTimeoutMillis: 7000,
    });
    expect(problemsOf("postgresql://db/x?statement_timeout=5s")).toBe(
      "has a statement_timeout that is not a whole number of milliseconds",
    );
  });

  test.each([
    ["statement_timeout=30000", "statement_timeout=30000 beside query_timeout=8000 (the default)"],
    ["statement_timeout=8000", "statement_timeout=8000 beside query_timeout=8000 (the default)"],
    ["statement_timeout=0", "statement_timeout=0 beside query_timeout=8000 (the default)"],
    ["idle_in_transaction_session_timeout=0", "idle_in_transaction_session_timeout=0 beside query_timeout=8000"],
    [
      "query_timeout=5000",
      "statement_timeout=6000 (the default), idle_in_transaction_session_timeout=6000 (the default) beside query_timeout=5000",
    ],
    [
      "query_timeout=5000&statement_timeout=4000",
      "idle_in_transaction_session_timeout=6000 (the default) beside query_timeout=5000",
    ],
    ["query_timeout=0", "idle_in_transaction_session_timeout=6000 (the default) beside query_timeout=0"],
    ["options=-c%20statement_timeout%3D30000", "sets statement_timeout in options"],
    ["options=-cStatement_Timeout=30s", "sets statement_timeout in options"],
    ["options=--statement-timeout=0", "sets statement_timeout in options"],
    ["options=-c+work_mem=8MB+-c+idle%5C_in_transaction_session_timeout=0", "sets idle_in_transaction_session_timeout"],
  ])("%s is refused, as PostgreSQL has to give up before this server does: %s", (query, problem) => {
    expect(problemsOf(`postgresql://db/x?${query}`)).toContain(problem);
  });

  test.each([
    "statement_timeout=7999",
    "statement_timeout=9000&idle_in_transaction_session_timeout=9000&query_timeout=12000",
    "query_timeout=6001",
    "lock_timeout=0",
    "options=-c%20work_mem%3D8MB%20-c%20search_path%3Dstatement_timeout",
  ])("%s keeps that order", (query) => {
    expect(problemsOf(`postgresql://db/x?${query}`)).toBe("");
  });
});

/** The driver's modes before (8.23): all except `disable` and `no-verify` verified the certificate and its name. */
describe("TLS", () => {
  test.each([
    ["", undefined, false],
    ["?sslmode=disable", false, false],
    ["?sslmode=prefer", {}, true],
    ["?sslmode=require", {}, false],
    ["?sslmode=verify-ca", {}, false],
    ["?sslmode=verify-full", {}, false],
    ["?sslmode=no-verify", { rejectUnauthorized: false }, false],
    ["?ssl=true", {}, false],
    ["?ssl=1", {}, false],
    ["?ssl=0", false, false],
    ["?ssl=no-verify", { rejectUnauthorized: false }, false],
    ["?sslnegotiation=direct", {}, false],
    ["?sslrootcert=system", undefined, false],
  ])("postgresql://db/latchkey%s", (query, ssl, prefersTls) => {
    expect(read(`postgresql://db/latchkey${query}`).ssl).toEqual(ssl);
    expect(read(`postgresql://db/latchkey${query}`).prefersTls).toBe(prefersTls);
  });

  test("a custom certificate authority turns it on", () => {
    expect(read(`postgresql://db/latchkey?sslrootcert=${encodeURIComponent(authority)}`)).toMatchObject({
      ssl: { ca: "a certificate" },
      prefersTls: false,
    });
  });

  test.each(["allow", "required", "true", "VERIFY-FULL"])("sslmode=%s is refused with the words there are", (mode) => {
    expect(problemsOf(`postgresql://db/latchkey?sslmode=${mode}`)).toContain(
      "must be one of disable, prefer, require, verify-ca, verify-full, no-verify",
    );
  });

  test.each([
    ["ssl=false", "Write sslmode instead"],
    ["ssl=true&sslmode=require", "no effect beside"],
    ["sslmode=disable&sslrootcert=/", "turns TLS off"],
    ["sslmode=disable&sslnegotiation=direct", "turns TLS off"],
    ["sslmode=prefer&sslnegotiation=direct", "needs an sslmode"],
    ["sslnegotiation=fast", "neither postgres nor direct"],
    ["sslrootcert=/does/not/exist", "sslrootcert that can't be read (ENOENT)"],
    ["sslcert=/does/not/exist", "both sslcert and sslkey"],
  ])("%s is refused: %s", (query, problem) => {
    expect(problemsOf(`postgresql://db/latchkey?${query}`)).toContain(problem);
  });
});
