import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { fitValues } from "./fit-values";
import { mostPackedBytes } from "./flash";
import { packContent, unpackContent } from "./flash-content";

const words = [
  "Zoë",
  "called",
  "about",
  "her",
  "invoice",
  "again",
  "and",
  "wants",
  "a",
  "copy",
  "by",
  "Friday",
  "12.30",
];
/** Not the same twice, as nobody writes that. */
const prose = (length: number) =>
  Array.from({ length }, (_, index) => `${words[(index * index + 3 * index) % words.length]}${index % 7 ? "" : index}`)
    .join(" ")
    .slice(0, length);
const problem = { notes: ["This contains characters that can't be shown."] };

test("what people write comes back whole, up to the longest field", () => {
  const values = { notes: prose(5000), username: "zoe", email: "zoe@example.com" };
  expect(values.notes).toHaveLength(5000);
  expect(fitValues(values, problem)).toEqual(values);
});

test("five thousand characters of Japanese fit as well", () => {
  const notes = Array.from(
    { length: 5000 },
    (_, index) => "請求書の写しを送ってください。電話がありました"[(index * 7) % 22],
  );
  expect(fitValues({ notes: notes.join("") }, problem)).toEqual({ notes: notes.join("") });
});

test("of what doesn't fit the longest is cut, and the one with the problem last", () => {
  const noise = randomBytes(6000).toString("base64");
  const fitted = fitValues({ notes: noise.slice(0, 3000), other: noise, short: "kept" }, problem);
  expect(fitted.notes).toBe(noise.slice(0, 3000));
  expect(fitted.short).toBe("kept");
  expect(noise.startsWith(fitted.other ?? "x")).toBe(true);
  expect(packContent([fitted, problem]).length).toBeLessThanOrEqual(mostPackedBytes);
});

test("one that nothing can be done about ends", () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, () => [randomBytes(30).toString("hex"), ""]));
  expect(Object.keys(fitValues(many, {}))).toHaveLength(300);
});

test("only what was packed is unpacked, and nothing that is too long", () => {
  expect(unpackContent(packContent({ a: ["b", null] }))).toEqual({ a: ["b", null] });
  expect(() => unpackContent(new TextEncoder().encode("{}"))).toThrow();
  expect(() => unpackContent(packContent("x".repeat(300_000)))).toThrow();
});
