import { describe, expect, test } from "vitest";
import { type SigningAlgorithm, signingAlgorithms } from "../wire/algorithms";
import { findDueAlgorithms, findSigner, findSuccessor, keySetMaxAge, publicationLead } from "./key-schedule";

const at = (seconds: number) => new Date(seconds * 1000);
const key = (algorithm: SigningAlgorithm, seconds: number) => ({ algorithm, signsFrom: at(seconds) });
const [old, current, next] = [key("RS256", 100), key("RS256", 200), key("RS256", 300)];
const other = key("ES256", 250);
// In no order.
const keys = [next, other, old, current];

test("a key is published for longer than anyone keeps a copy of the set, before it signs", () => {
  expect(publicationLead).toBeGreaterThan(keySetMaxAge);
});

describe("the key that signs", () => {
  test("is the latest whose time has come, to the very moment", () => {
    expect(findSigner(keys, "RS256", at(299.999))).toBe(current);
    expect(findSigner(keys, "RS256", at(300))).toBe(next);
    expect(findSigner(keys, "ES256", at(1000))).toBe(other);
  });

  test("is the first to come where no time has come yet, and nothing where there is none", () => {
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

describe("the algorithms that are due", () => {
  const others = signingAlgorithms.filter((algorithm) => algorithm !== "RS256");
  const fresh = others.map((algorithm) => key(algorithm, 1000));

  test("are those whose newest key is old enough", () => {
    expect(findDueAlgorithms([old, current, ...fresh], at(1000), 800)).toEqual(["RS256"]);
    expect(findDueAlgorithms([old, current, ...fresh], at(1000), 801)).toEqual([]);
  });

  test("are none whose next key waits for its time, and all that have no key", () => {
    expect(findDueAlgorithms([old, current, next, ...fresh], at(250), 0)).toEqual([]);
    expect(findDueAlgorithms(fresh, at(500), 0)).toEqual(["RS256"]);
    expect(findDueAlgorithms([], at(0), 0)).toEqual(signingAlgorithms);
  });
});
