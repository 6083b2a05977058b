import { expect, test } from "vitest";
import type { ClientSecretSummary } from "@/lib/services/applications/get-application";
import { findOldSecretUses } from "./old-secrets";

const day = (number: number) => new Date(Date.UTC(2026, 10, number));
const now = day(28);

const secret = (change: Partial<ClientSecretSummary>): ClientSecretSummary => ({
  id: "one",
  label: "One",
  lastFour: "abcd",
  createdAt: day(1),
  expiresAt: null,
  lastUsedAt: null,
  lastUsedFrom: null,
  lastRefusedAt: null,
  lastRefusedFrom: null,
  status: "active",
  ...change,
});

const successor = secret({ id: "two", createdAt: day(20) });

test("an ended secret that was sent is told of for a month", () => {
  const tried = secret({ status: "expired", lastRefusedAt: day(27), lastRefusedFrom: "192.0.2.1" });
  expect(findOldSecretUses([successor, tried], now)).toEqual([
    { name: "tried", secret: tried, at: day(27), from: "192.0.2.1" },
  ]);
  expect(findOldSecretUses([secret({ status: "revoked", lastRefusedAt: day(-5) })], now)).toEqual([]);
  expect(findOldSecretUses([secret({ status: "revoked" })], now)).toEqual([]);
});

test("a secret with an end that is used although there is a newer one", () => {
  const old = secret({ expiresAt: day(30), lastUsedAt: day(21), lastUsedFrom: "192.0.2.2" });
  expect(findOldSecretUses([successor, old], now)).toEqual([
    { name: "ending", secret: old, at: day(21), from: "192.0.2.2" },
  ]);
  for (const secrets of [
    [old],
    [{ ...successor, status: "revoked" as const }, old],
    [successor, { ...old, lastUsedAt: day(19) }],
    [successor, { ...old, expiresAt: null }],
    [successor, { ...old, lastUsedAt: null }],
  ]) {
    expect(findOldSecretUses(secrets, now)).toEqual([]);
  }
});
