import { expect, test } from "vitest";
import { textsOf } from "@/lib/messages/texts";
import { findAddressNotes } from "./find-address-notes";

function describeNotes(...input: Parameters<typeof findAddressNotes>): (string | null)[] {
  const t = textsOf("applicationForm", "en");
  return findAddressNotes(...input).map((note) => note && t(`addresses.notes.${note.name}`, { ...note.values }));
}

test.each([
  [["https://a.example/cb", "https://a.example/cb"], /^The same as row 1/],
  [["https://a.example/cb", "https://a.example/cb/"], /only in the slash at the end/],
  [["https://a.example/cb?a=1", "https://a.example/cb/?a=1"], /only in the slash at the end/],
  [["http://localhost:3000/cb", "http://127.0.0.1:3000/cb"], /only in localhost and 127\.0\.0\.1/],
  [["http://localhost", "http://127.0.0.1"], /only in localhost and 127\.0\.0\.1/],
  [["http://127.0.0.1:3000/cb", "http://127.0.0.1:4000/cb"], /only in the port/],
  [["http://localhost:3000/cb", "https://localhost:3000/cb"], /only in http and https/],
  [["https://a.example", "https://A.EXAMPLE"], /only in/],
  [["http://localhost/cb/", "http://127.0.0.1:3000/cb"], /^Looks like row 1/],
])("%j: %s", (addresses, text) => {
  const [earlier, later] = describeNotes(addresses);
  expect(earlier).toBeNull();
  expect(later).toMatch(text);
});

test("RFC 8252 §7.1, §8.6: a scheme that isn't a reversed domain name is named, unless it is well known", () => {
  const uris = ["myapp:/cb", "cursor://x/cb", "com.example.app:/cb", "https://a.example/", "data:x", ""];
  const warning = (scheme: string) => expect.stringContaining(`can take the scheme ${scheme}: for itself`);
  expect(describeNotes(uris, ["cursor"])).toEqual([warning("myapp"), null, null, null, null, null]);
  expect(describeNotes(uris, [])).toEqual([warning("myapp"), warning("cursor"), null, null, null, null]);
});

test.each([
  [[]],
  [["https://a.example/cb", "https://b.example/cb"]],
  [["https://a.example/cb", "https://a.example/callback"]],
  [["https://a.example/cb?a=1", "https://a.example/cb?a=2"]],
  [["http://127.0.0.1.example/cb", "http://localhost.example/cb"]],
  [["", "", "half a word"]],
])("%j are told apart at a glance", (addresses) => {
  expect(describeNotes(addresses)).toEqual(addresses.map(() => null));
});

test("hundreds of them are compared in one pass", () => {
  const many = Array.from({ length: 500 }, (_, index) => `https://${index}.example/cb`);
  const notes = findAddressNotes([...many, "https://7.example/cb/"]);
  expect(notes.filter(Boolean)).toEqual([{ name: "slash", values: { row: "8" } }]);
});
