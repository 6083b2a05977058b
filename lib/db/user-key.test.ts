import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toSignInKey, toUserKey } from "./user-key";

const names = [
  "bob",
  "zoë",
  "李雷",
  "bob@example.com",
  "ﬁona",
  "ΟΔΥΣΣΕΥΣ",
  "straße",
  "İpek",
  "한글",
  "o'brien",
  "me@bücher.example",
];

const spaces = fc
  .array(fc.constantFrom(" ", "\u00a0", "\u2003", "\u3000", "\u2028"), { maxLength: 2000 })
  .map((list) => list.join(""));
const fold = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.normalize("NFC"),
  (text: string) => text.normalize("NFD"),
  (text: string) => text.normalize("NFKC"),
  (text: string) => text.normalize("NFKD"),
  (text: string) => text.replace(/[!-~]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
);
/** Ways to write a name that find the same account. */
const spelling = fc
  .tuple(fc.constantFrom(...names), fold, fc.func(fc.boolean()), spaces, spaces)
  .map(([name, change, isUpper, before, after]) => {
    const written = [...name].map((letter) => (isUpper(letter) && letter === "b" ? letter.toUpperCase() : letter));
    return { name, written: before + change(written.join("")) + after };
  });
const forbidden = fc.oneof(
  fc.integer({ min: 0, max: 0x1f }),
  fc.integer({ min: 0x7f, max: 0x9f }),
  fc.constantFrom(0xad, 0x200b, 0x200d, 0x200e, 0x202e, 0x2060, 0x2066, 0xfeff, 0xe0041, 0xd800, 0xdfff),
);

describe("one key for lookups and for counting (ASVS 6.3.1)", () => {
  test("spellings that differ in case, Unicode form or padding have the key under which the name is stored", () => {
    fc.assert(
      fc.property(spelling, ({ name, written }) => {
        expect(toSignInKey(written)).toBe(toUserKey(name.normalize("NFKC").trim()));
      }),
    );
  });

  test("a name with a control or invisible character anywhere matches no account", () => {
    fc.assert(
      fc.property(spelling, forbidden, fc.nat(), ({ written }, code, place) => {
        const at = place % (written.length + 1);
        expect(toSignInKey(written.slice(0, at) + String.fromCodePoint(code) + written.slice(at))).toBeNull();
      }),
    );
  });

  /** As fast-check's `binary`, which takes a second to be made. */
  const anyCharacter = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));

  test("the key of a key is the key itself: nothing counts separately from what it finds", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 3000 }), (typed) => {
        const key = toSignInKey(typed);
        if (key !== null) expect(toSignInKey(key)).toBe(key);
      }),
      { numRuns: 1000 },
    );
  });

  test("empty, blank and overlong names match no account; they are not cut to one that does", () => {
    for (const typed of ["", "   ", "\u3000", "b".repeat(1001), `bob${"x".repeat(1000)}`]) {
      expect(toSignInKey(typed)).toBeNull();
    }
    expect(toSignInKey(`${" ".repeat(5000)}bob${" ".repeat(5000)}`)).toBe("bob");
  });
});
