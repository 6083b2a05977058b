import { expect, test } from "vitest";
import { splitScopes, splitUris } from "./split-lists";

const [one, other] = ["https://app.example.com/cb", "com.example.app:/cb"];

test.each([
  ["RFC 3986 §2.2: a comma in a path", "https://app.example.com/a,b/cb", ["https://app.example.com/a,b/cb"]],
  ["a comma in a query", `${one}?keys=1,2,3`, [`${one}?keys=1,2,3`]],
  ["a comma before what looks like a scheme", `${one}?when=1,mon:2`, [`${one}?when=1,mon:2`]],
  ["commas in both of a list", `${one}?a=1,2,${other}?b=3,4`, [`${one}?a=1,2`, `${other}?b=3,4`]],
  ["a list with commas", `${one},${other},http://127.0.0.1/cb`, [one, other, "http://127.0.0.1/cb"]],
  ["a list with commas and spaces", `${one}, ${other} ,${one}`, [one, other, one]],
  ["a list with spaces", ` ${one}  ${other} `, [one, other]],
  ["a list with line ends", `${one}\n${other}\n`, [one, other]],
  ["a list that ends in a comma", `${one},`, [one]],
  ["nothing", " , ", []],
])("%s", (_what, text, expected) => {
  expect(splitUris([text])).toEqual(expected);
});

test("a repeated option is one list", () => {
  expect(splitUris([`${one}?a=1,2`, other])).toEqual([`${one}?a=1,2`, other]);
  expect(splitUris()).toEqual([]);
});

test("RFC 6749 §3.3: the name of a scope may contain a comma", () => {
  const known = new Set(["read", "write", "read,write", "files,all"]);
  expect(splitScopes(["files,all read", "write,unknown"], known)).toEqual(["files,all", "read", "write", "unknown"]);
  expect(splitScopes(["read,write"], known)).toEqual(["read,write"]);
  expect(splitScopes(["write, read,"], known)).toEqual(["write", "read"]);
  expect(splitScopes([], known)).toEqual([]);
});
