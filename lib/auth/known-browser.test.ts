import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { findKnownBrowser, knownBrowserLifetime, rememberAccount } from "./known-browser";

const now = new Date("2026-01-01T12:00:00Z");
const account = { userId: randomUUID(), passwordGeneration: randomUUID() };
const cookie = rememberAccount("", account, now);

describe("a browser that has signed in before", () => {
  test("is known to that account, and to no other", () => {
    expect(findKnownBrowser(cookie, account, now)).toMatch(/^[\w-]{22}$/);
    expect(findKnownBrowser(cookie, { ...account, userId: randomUUID() }, now)).toBeNull();
    expect(findKnownBrowser("", account, now)).toBeNull();
  });

  test("is forgotten when the password changes, and after a year", () => {
    expect(findKnownBrowser(cookie, { ...account, passwordGeneration: randomUUID() }, now)).toBeNull();
    expect(findKnownBrowser(cookie, account, new Date(now.getTime() + knownBrowserLifetime * 1000))).toBeNull();
  });

  test("can't be forged: each character counts", () => {
    for (let at = 0; at < cookie.length; at++) {
      const changed = cookie[at] === "A" ? "B" : "A";
      expect(findKnownBrowser(cookie.slice(0, at) + changed + cookie.slice(at + 1), account, now)).toBeNull();
    }
  });

  test("reveals no account", () => {
    expect(cookie).not.toContain(account.userId);
    expect(cookie).not.toContain(account.passwordGeneration);
  });

  test("is known to at most five accounts, the latest ones; signing in again replaces the older entry", () => {
    const accounts = Array.from({ length: 6 }, () => ({ ...account, userId: randomUUID() }));
    const shared = accounts.reduce((value, one) => rememberAccount(value, one, now), "");
    expect(accounts.map((one) => findKnownBrowser(shared, one, now) !== null)).toEqual([
      false,
      ...Array<boolean>(5).fill(true),
    ]);
    const again = rememberAccount(shared, accounts[1] ?? account, now);
    expect(again).toHaveLength(shared.length);
    expect(findKnownBrowser(again, accounts[2] ?? account, now)).not.toBeNull();
  });

  test("accepts any cookie value without an error", () => {
    for (const value of ["~", "~~~~~~~~", "a.b.c", `${cookie}~`, "x".repeat(8000), `~${cookie}`]) {
      expect(() => findKnownBrowser(value, account, now)).not.toThrow();
      expect(findKnownBrowser(rememberAccount(value, account, now), account, now)).not.toBeNull();
    }
  });
});
