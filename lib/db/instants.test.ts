import type { ArgType, SqlQuery } from "@prisma/driver-adapter-utils";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carryOffsets, formatInstant, NotAnInstantError, parseInstant, parseInstants } from "./instants";

describe("an instant written by PostgreSQL", () => {
  test.each([
    ["2026-11-26 11:00:00+00", "2026-11-26T11:00:00.000Z"],
    ["2026-11-26 12:00:00.5+01", "2026-11-26T11:00:00.500Z"],
    ["2026-07-01 02:00:00.123+02", "2026-07-01T00:00:00.123Z"],
    ["2026-11-26 06:00:00.123456-05", "2026-11-26T11:00:00.123Z"],
    ["2026-11-26 16:30:00.001+05:30", "2026-11-26T11:00:00.001Z"],
    ["2026-11-26 07:30:00-03:30", "2026-11-26T11:00:00.000Z"],
    ["1890-01-01 00:53:28+00:53:28", "1890-01-01T00:00:00.000Z"],
    ["0050-01-01 00:00:00+00", "0050-01-01T00:00:00.000Z"],
    ["0044-03-15 12:00:00+00 BC", "-000043-03-15T12:00:00.000Z"],
    ["20260-01-01 00:00:00+00", "+020260-01-01T00:00:00.000Z"],
    ["infinity", "+275760-09-13T00:00:00.000Z"],
    ["-infinity", "-271821-04-20T00:00:00.000Z"],
    ["294276-12-31 23:59:59+00", "+275760-09-13T00:00:00.000Z"],
  ])("%s is %s", (text, instant) => {
    expect(parseInstant(text).toISOString()).toBe(instant);
  });

  test.each([
    "26.11.2026 12:00:00.123 CET",
    "11/26/2026 12:00:00.123 CST",
    "Thu 26 Nov 12:00:00 2026 IST",
    "2026-11-26 12:00:00",
    "",
  ])("%s is refused, as it could mean several", (text) => {
    expect(() => parseInstant(text)).toThrow(NotAnInstantError);
  });

  test("an array keeps its nulls", () => {
    expect(parseInstants("{}")).toEqual([]);
    expect(parseInstants('{"2026-11-26 12:00:00+01",NULL,"1970-01-01 00:00:00+00"}')).toEqual([
      new Date("2026-11-26T11:00:00Z"),
      null,
      new Date(0),
    ]);
  });
});

describe("an instant sent to PostgreSQL", () => {
  test("names UTC, also in years that JavaScript writes with a sign", () => {
    expect(formatInstant(new Date("2026-11-26T12:00:00.120+01:00"))).toBe("2026-11-26T11:00:00.120Z");
    expect(formatInstant(new Date("+012026-01-01T00:00:00Z"))).toBe("12026-01-01T00:00:00.000Z");
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true }),
        (at) => {
          expect(new Date(formatInstant(at))).toEqual(at);
        },
      ),
    );
  });

  const scalar = (scalarType: ArgType["scalarType"], dbType?: string): ArgType => ({
    scalarType,
    dbType,
    arity: "scalar",
  });
  const sql = "SELECT $1";
  const at = new Date("2026-11-26T11:00:00Z");

  test("as a date, as text and in a list, whether Prisma knows the column or not", () => {
    const query: SqlQuery = {
      sql,
      args: [at, "2026-11-26T12:00:00+01:00", [at, null], null, "2026-11-26T11:00:00"],
      argTypes: [
        scalar("datetime", "TIMESTAMPTZ"),
        scalar("datetime"),
        { scalarType: "datetime", arity: "list" },
        scalar("datetime"),
        scalar("string"),
      ],
    };
    const { args, argTypes } = carryOffsets(query);
    const written = "2026-11-26T11:00:00.000Z";
    expect(args).toEqual([written, written, [written, null], null, "2026-11-26T11:00:00"]);
    expect(argTypes.map(({ scalarType, arity }) => [scalarType, arity])).toEqual([
      ["string", "scalar"],
      ["string", "scalar"],
      ["string", "list"],
      ["string", "scalar"],
      ["string", "scalar"],
    ]);
  });

  test("values without an instant are left to the adapter", () => {
    const query: SqlQuery = {
      sql,
      args: [at, "x", 1],
      argTypes: [scalar("datetime", "DATE"), scalar("string"), scalar("int")],
    };
    expect(carryOffsets(query)).toBe(query);
  });
});
