import bcrypt from "bcryptjs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planComparison } from "./hash-work";
import { readHashCost, toWork } from "./password-schemes/bcrypt.mjs";
import type { StoredHash } from "./password-schemes/scheme";

const hash = bcrypt.hashSync("x", 4);
const stored = (cost: number) => ({
  scheme: "bcrypt-sha384",
  hash: hash.replace("$04$", `$${String(cost).padStart(2, "0")}$`),
});
const sumOfWork = (hashes: readonly StoredHash[]) =>
  hashes.reduce((total, { hash }) => total + toWork(readHashCost(hash) ?? 0), 0);

describe("the time spent on hashing doesn't reveal which accounts exist (ASVS 6.3.8)", () => {
  test("no account, no password, an old hash and a new one: hashes of the same total work", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 15 }), fc.integer({ min: 4, max: 15 }), (cost, level) => {
        fc.pre(cost <= level);
        const unknown = { ...stored(cost), scheme: "of tomorrow" };
        const malformed = { ...stored(cost), hash: "not a hash" };
        for (const hash of [null, malformed, unknown, stored(cost), { ...stored(cost), scheme: "bcrypt" }]) {
          const { hashes, work } = planComparison(hash, toWork(level));
          expect(sumOfWork(hashes)).toBe(toWork(level));
          expect(work).toBe(toWork(level));
        }
      }),
    );
  });

  test("the stored hash decides", () => {
    const hash = stored(10);
    expect(planComparison(hash, toWork(12)).hashes[0]).toBe(hash);
    expect(planComparison(hash, toWork(12)).hashes).toHaveLength(3);
  });

  test("a hash that costs more than others is compared as it is", () => {
    const hash = stored(14);
    expect(planComparison(hash, toWork(12))).toEqual({ hashes: [hash], work: toWork(14) });
  });

  test("work between two costs of bcrypt, as of an imported hash, is a sum of decoys", () => {
    const imported = { scheme: "pbkdf2-sha256", hash: `$pbkdf2-sha256$i=560000$c2FsdA$${"a".repeat(43)}` };
    expect(sumOfWork(planComparison(null, 1600).hashes)).toBe(1600);
    expect(planComparison(imported, 1600)).toEqual({ hashes: [imported], work: 1600 });
    expect(sumOfWork(planComparison(stored(10), 1600).hashes)).toBe(1600);
  });

  test("a decoy is a hash that bcrypt can process", () => {
    const [decoy] = planComparison(null, toWork(4)).hashes;
    expect(bcrypt.getRounds(decoy.hash)).toBe(4);
    expect(bcrypt.compareSync("x", decoy.hash)).toBe(false);
  });
});
