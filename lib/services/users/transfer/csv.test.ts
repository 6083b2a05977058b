import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findDelimiter, fromCsvValue, parseCsv, toCsvRecord } from "./csv";

describe("RFC 4180", () => {
  test.each([
    [
      "line ends of every system",
      "a,b\r\nc,d\ne,f\rg,h",
      [
        ["a", "b"],
        ["c", "d"],
        ["e", "f"],
        ["g", "h"],
      ],
    ],
    [
      "values with everything in quotes",
      '"a,""b""\n",c\nd,"e\r\nf"\n',
      [
        ['a,"b"\n', "c"],
        ["d", "e\r\nf"],
      ],
    ],
    [
      "empty values",
      ",a,\r\n,,x",
      [
        ["", "a", ""],
        ["", "", "x"],
      ],
    ],
    ["empty lines are none", "a\n\n\nb\n,\n", [["a"], ["b"]]],
    ["one value", "a", [["a"]]],
    ["nothing", "", []],
  ])("%s", (_what, text, expected) => {
    expect(parseCsv(text, ",")).toEqual(expected);
  });

  test("a quotation mark that is never closed makes all of it unreadable", () => {
    expect(parseCsv('a,"b\nc', ",")).toBeNull();
  });

  test("what is written is read the same, whatever it contains", () => {
    const value = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\uFEFF"));
    const record = fc
      .array(value, { minLength: 2, maxLength: 5 })
      .filter((values) => values.some((text) => text !== ""));
    fc.assert(
      fc.property(fc.array(record), (records) => {
        // Only an apostrophe before a formula is taken for our own.
        fc.pre(records.flat().every((text) => !/^'[=+\-@\t\r]/.test(text)));
        const read = parseCsv(records.map((values) => toCsvRecord(values)).join(""), ",");
        expect(read?.map((values) => values.map(fromCsvValue))).toEqual(records);
      }),
    );
  });
});

test.each([
  ["username,email,name", ","],
  ["username;email;name", ";"],
  ["username\temail", "\t"],
  ["username", ","],
])("%j is separated by %j", (line, delimiter) => {
  expect(findDelimiter(`${line}\n;;;;;;`)).toBe(delimiter);
});

test.each(["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", "\r=1"])(
  "attack: %j is no formula in a spreadsheet, and read again as it was",
  (value) => {
    const record = toCsvRecord([value]);
    expect(record).toMatch(/^"?'/);
    expect(parseCsv(record, ",")?.[0]?.map(fromCsvValue)).toEqual([value]);
  },
);
