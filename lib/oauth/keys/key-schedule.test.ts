import { describe, expect, test } from "vitest";
import { type SigningAlgorithm, signingAlgorithms } from "../wire/algorithms";
import { findDueAlgorithms, findSigner, findSuccessor, keySetMaxAge, publicationLead } from "./key-schedule";

const at = (seconds: number) => new Date(seconds * 1000);
const key = (algorithm: SigningAlgorithm, seconds: number) => ({ algorithm, signsFrom: at(seconds) });
const [old, current, next] = [key("RS256", 100), key("RS256", 200), key("RS256", 300)];
const other = key("ES256", 250);
// In no order.
const keys = [next, other, old, current];

test("a key is published, before it signs, for longer than anyone caches the set", () => {
  expect(publicationLead).toBeGreaterThan(keySetMaxAge);
});

describe("the key that signs", () => {
  test("is the latest whose time has come, to the millisecond", () => {
    expect(findSigner(keys, "RS256", at(299.999))).toBe(current);
    expect(findSigner(keys, "RS256", at(300))).toBe(next);
    expect(findSigner(keys, "ES256", at(1000))).toBe(other);
  });

  test("is the next one if no time has come yet, and nothing if there is none", () => {
    expect(findSigner(keys, "RS256", at(50))).toBe(old);
    expect(findSigner(keys, "EdDSA", at(1000))).toBeUndefined();
  });
});

test("a key's successor is the next of its own algorithm", () => {
  expect(findSuccessor(keys, old)).toBe(current);
  expect(findSuccessor(keys, current)).toBe(next);
  expect(findSuccessor(keys, next)).toBeUndefined();
  expect(findSuccessor(keys, other)).toBeUndefined();
});

describe("the algorithms that are due for rotation", () => {
  const others = signingAlgorithms.filter((algorithm) => algorithm !== "RS256");
  const fresh = others.map((algorithm) => key(algorithm, 1000));

  test("are those whose newest key is old enough", () => {
    expect(findDueAlgorithms([old, current, ...fresh], at(1000), 800)).toEqual(["RS256"]);
    expect(findDueAlgorithms([old, current, ...fresh], at(1000), 801)).toEqual([]);
  });

  test("don't include those whose next key is pending, but all that have no key", () => {
    expect(findDueAlgorithms([old, current, next, ...fresh], at(250), 0)).toEqual([]);
    expect(findDueAlgorithms(fresh, at(500), 0)).toEqual(["RS256"]);
    expect(findDueAlgorithms([], at(0), 0)).toEqual(signingAlgorithms);
  });
});
