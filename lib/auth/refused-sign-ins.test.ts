import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { rememberAccount } from "./known-browser";
import { RefusedSignIns } from "./refused-sign-ins";

const now = new Date("2026-01-01T12:00:00Z");
const account = { userId: randomUUID(), passwordGeneration: randomUUID() };
const from = (cookie: string, identifier = "ada") => ({ network: "192.0.2.1", identifier, cookie, now });
const only = (retryAfter: number) => ({ retryAfter, isForAnyName: false });
/** Looks right but is forged. */
const forged = () => rememberAccount("", { ...account, userId: randomUUID() }, now);

test("ASVS 6.3.1: a forged cookie doesn't make it another browser", () => {
  for (const known of [account, null]) {
    const refused = new RefusedSignIns();
    refused.remember(from(forged()), known, only(60));
    for (const cookie of ["", "x", forged(), forged()]) expect(refused.wait(from(cookie))).toBe(60);
    expect(refused.wait(from("", "grace"))).toBe(0);
  }
});

test("ASVS 6.3.1: a refusal of a browser known to the account applies to that browser only", () => {
  const refused = new RefusedSignIns();
  const [own, another] = [rememberAccount("", account, now), rememberAccount("", account, now)];
  refused.remember(from(""), account, only(60));
  expect(refused.wait(from(own))).toBe(0);
  refused.remember(from(own), account, only(30));
  expect([own, another, ""].map((cookie) => refused.wait(from(cookie)))).toEqual([30, 0, 60]);
  refused.forget(from(own), account);
  expect(refused.wait(from(own))).toBe(0);
});

test("ASVS 6.3.1: a network that has tried too many names is refused for every name, until one is decided again", () => {
  const refused = new RefusedSignIns();
  refused.remember(from(""), null, { retryAfter: 60, isForAnyName: true });
  expect([refused.wait(from("", "grace")), refused.foresee(from(rememberAccount("", account, now), "linus"))]).toEqual([
    60, 60,
  ]);
  expect(refused.wait({ ...from("", "grace"), network: "192.0.2.2" })).toBe(0);
  refused.forget(from("", "grace"), null);
  expect([refused.wait(from("", "grace")), refused.wait(from(""))]).toEqual([0, 60]);
});

test("ASVS 6.3.1: a refusal of one name alone shows that the network may try others", () => {
  const refused = new RefusedSignIns();
  refused.remember(from(""), null, { retryAfter: 900, isForAnyName: true });
  refused.remember(from(""), null, only(900));
  expect([refused.wait(from("", "grace")), refused.wait(from(""))]).toEqual([0, 900]);
});

test("ASVS 6.3.1: who has signed in with a new password isn't refused for attempts at the old one", () => {
  const refused = new RefusedSignIns();
  refused.remember(from(""), account, only(60));
  const changed = { ...account, passwordGeneration: randomUUID() };
  const own = rememberAccount("", changed, now);
  expect(refused.wait(from(own))).toBe(60);
  refused.forget(from(own), changed);
  expect(refused.wait(from(own))).toBe(0);
});
