import { describe, expect, test } from "vitest";
import { isDatabaseUnavailable, isRefusedByDatabase, UnavailableError } from "./database-errors";

describe("an outage of the database", () => {
  test.each([
    ["a code of Prisma", { code: "P1001" }],
    ["a code of PostgreSQL", { code: "57P03" }],
    ["a code of the network", { code: "ECONNREFUSED" }],
    ["a socket without a server", { code: "ENOENT", message: "connect ENOENT /run/db/.s.PGSQL.5432" }],
    ["a cause", new Error("query failed", { cause: Object.assign(new Error("x"), { code: "ECONNRESET" }) })],
    ["what the driver adapter reports", { code: "P2010", meta: { driverAdapterError: { cause: { code: "57P01" } } } }],
    [
      "a conflict of transactions",
      { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "40P01" } } } },
    ],
    [
      "a lock that could not be had",
      { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "55P03" } } } },
    ],
    ["what could not be looked up, whatever the reason", new UnavailableError("x", { cause: { code: "42P01" } })],
    ["a server that has stopped answering", new Error("Query read timeout")],
    ["a message of the pool", new Error("timeout exceeded when trying to connect")],
  ])("is recognised by %s", (_name, error) => {
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  test.each([
    ["a unique violation", { code: "P2002" }],
    ["a plain error", new Error("boom")],
    ["nothing", null],
    ["text", "P1001"],
  ])("is not %s", (_name, error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
  });

  test("gives up on an endless chain of causes", () => {
    const error: { cause?: unknown } = {};
    error.cause = error;
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});

test.each([
  [true, "a unique violation", { code: "P2002" }],
  [
    true,
    "a character that can't be stored",
    { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "22021" } } } },
  ],
  [true, "a violated check", { code: "23514" }],
  [false, "an outage", { code: "P1001" }],
  [false, "a conflict", { code: "40001" }],
])("%s: PostgreSQL refuses what was to be stored, %s", (expected, _what, error) => {
  expect(isRefusedByDatabase(error)).toBe(expected);
});
