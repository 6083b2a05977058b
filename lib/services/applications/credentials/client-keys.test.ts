import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { describe, expect, test } from "vitest";
import { inEnglish } from "@/lib/messages/english-problems";
import { describeProblem } from "@/lib/messages/problem";
import { clientSigningAlgorithms } from "@/lib/oauth/wire/algorithms";
import { readClientKeys } from "./client-keys";

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ed25519 = generateKeyPairSync("ed25519");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const toJwk = (key: KeyObject, members: object = {}) => ({ ...key.export({ format: "jwk" }), ...members });
const publicEc = toJwk(ec.publicKey, { kid: "one" });

function readKeys(value: unknown) {
  expect(findProblem(value)).toBeUndefined();
  return readClientKeys(value).keys;
}

function readKids(value: unknown): unknown[] | undefined {
  return readKeys(value)?.keys.map(({ kid }) => kid);
}

function findProblem(value: unknown): string | undefined {
  const { problem } = readClientKeys(value);
  return problem && describeProblem(problem, inEnglish);
}

describe("accepted keys", () => {
  test.each([
    ["P-256", publicEc],
    ["P-384", toJwk(generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey, { kid: "one" })],
    ["P-521", toJwk(generateKeyPairSync("ec", { namedCurve: "P-521" }).publicKey, { kid: "one", alg: "ES512" })],
    ["Ed25519", toJwk(ed25519.publicKey, { kid: "one", use: "sig" })],
    ["RSA", toJwk(rsa.publicKey, { kid: "one", alg: "PS256", key_ops: ["verify"] })],
  ])("%s", (_name, key) => {
    expect(readKids({ keys: [key] })).toEqual(["one"]);
  });

  test.each(clientSigningAlgorithms)("every key that the token endpoint verifies with: %s", async (alg) => {
    const { publicKey } = await generateKeyPair(alg, { extractable: true });
    expect(readKids({ keys: [{ ...(await exportJWK(publicKey)), alg, kid: "one" }] })).toEqual(["one"]);
  });

  test("as JSON text, as an object, and as a single key", () => {
    expect(readKids(JSON.stringify({ keys: [publicEc] }))).toEqual(["one"]);
    expect(readKids({ keys: [publicEc] })).toEqual(["one"]);
    expect(readKids(JSON.stringify(publicEc))).toEqual(["one"]);
  });

  test("one for encryption beside one for signatures", () => {
    const encryption = toJwk(generateKeyPairSync("x25519").publicKey, { kid: "two", use: "enc" });
    expect(readKids({ keys: [encryption, publicEc] })).toEqual(["two", "one"]);
  });

  test("only meaningful members are kept", () => {
    const key = { ...publicEc, x5c: ["AAAA"], "https://a.example/note": "x" };
    expect(readKeys({ keys: [key] })).toEqual({ keys: [publicEc] });
  });

  test.each([null, undefined, "", " \n"])("%j is no key set at all", (value) => {
    expect(readKeys(value)).toBeNull();
  });
});

describe("rejected keys", () => {
  const many = Array.from({ length: 21 }, (_, index) => ({ ...publicEc, kid: `${index}` }));
  const { x: _x, ...withoutX } = publicEc as Record<string, unknown>;
  test.each([
    ["the private half of an EC key", { keys: [toJwk(ec.privateKey)] }, "private key"],
    ["the private half of an OKP key", { keys: [toJwk(ed25519.privateKey)] }, "private key"],
    ["the private half of an RSA key", { keys: [publicEc, toJwk(rsa.privateKey)] }, "Key 2: It contains the private"],
    ["a private member that is empty", { keys: [{ ...publicEc, d: "" }] }, "private key"],
    ["a shared secret", { keys: [{ kty: "oct", k: "c2VjcmV0" }] }, "shared secret"],
    ["a short RSA key", toJwk(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey), "2048"],
    ["an RSA key that costs too much", { ...toJwk(rsa.publicKey), n: "A".repeat(2000) }, "8192"],
    ["an exponent that costs too much", { ...toJwk(rsa.publicKey), e: "A".repeat(40) }, "exponent"],
    ["another curve", toJwk(generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey), "one of the curves"],
    ["a curve of another kind", { ...publicEc, crv: "Ed25519" }, "one of the curves"],
    ["a curve that every object has", { ...publicEc, crv: "constructor" }, "one of the curves"],
    ["half a point", withoutX, "isn't a point"],
    ["a coordinate that is no text", { ...publicEc, y: 1 }, "isn't a point"],
    ["only a key for encryption", { keys: [{ ...publicEc, use: "enc" }] }, "no key in it"],
    ["only a key that may not verify", { keys: [{ ...publicEc, key_ops: ["deriveKey"] }] }, "no key in it"],
    ["an algorithm that isn't the key's", { keys: [{ ...publicEc, alg: "HS256" }] }, "no key in it"],
    ["no key", { keys: [] }, "no key in it"],
    ["21 keys", { keys: many }, "at most 20"],
    ["a kid twice", { keys: [publicEc, publicEc] }, "Two keys have the kid one"],
    ["a kid that is no text", { keys: [{ ...publicEc, kid: 7 }] }, "must be text"],
    ["a list", [publicEc], "Paste a JSON Web Key Set"],
    ["a key that is no object", { keys: ["x"] }, "no JSON object"],
    ["text that isn't JSON", "-----BEGIN PUBLIC KEY-----", "Paste a JSON Web Key Set"],
    ["text without end", `{"keys": ["${"x".repeat(70_000)}"]}`, "64 kB"],
    ["a number", 7, "JSON Web Key Set"],
  ])("%s", (_name, value, problem) => {
    expect(describeProblem(findProblem(value) ?? "", inEnglish)).toContain(problem);
  });
});
