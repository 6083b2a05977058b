import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  digest,
  equalDigests,
  generateClientId,
  generateClientSecret,
  hasGeneratedForm,
  randomAlphanumeric,
  randomToken,
} from "./digest";

test("digest is SHA-256 as unpadded base64url (FIPS 180-4, the example of one block)", () => {
  expect(digest("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
  expect(digest("ü")).toBe(digest("\u00fc"));
});

test("equalDigests tells equal from different, of any length", () => {
  expect(equalDigests(digest("a"), digest("a"))).toBe(true);
  expect(equalDigests(digest("a"), digest("b"))).toBe(false);
  expect(equalDigests("", digest("a"))).toBe(false);
  expect(equalDigests("a", "")).toBe(false);
});

test("a token carries 256 bits in 43 characters that need no encoding anywhere", () => {
  const tokens = Array.from({ length: 1000 }, randomToken);
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(new Set(tokens).size).toBe(1000);
});

test("client ids have 40 characters and client secrets 128, alphanumeric", () => {
  expect(generateClientId()).toMatch(/^[A-Za-z0-9]{40}$/);
  expect(generateClientSecret()).toMatch(/^[A-Za-z0-9]{128}$/);
});

test("a secret that this server generates is told from one that somebody chose", () => {
  const generated = generateClientSecret();
  for (let time = 0; time < 1000; time++) expect(hasGeneratedForm(generateClientSecret())).toBe(true);
  const hexadecimal = createHash("sha512").update("chosen").digest("hex");
  expect(hexadecimal).toHaveLength(128);
  for (const chosen of [
    "",
    "correct horse battery staple",
    "x".repeat(128),
    "password".repeat(16),
    hexadecimal,
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".repeat(4),
    generated.slice(1),
    `${generated}a`,
    `${generated}\n`,
    `${generated.slice(1)}-`,
  ]) {
    expect(hasGeneratedForm(chosen)).toBe(false);
  }
});

test("each of the 62 characters is about equally likely", () => {
  const text = randomAlphanumeric(62_000);
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  expect(text).toHaveLength(62_000);
  expect(counts.size).toBe(62);
  // 1000 each; eight standard deviations away is no bad luck. A plain `% 62` would put eight letters at 1211.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(8 * Math.sqrt(1000));
});
