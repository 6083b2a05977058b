import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from "jose";
import { beforeAll, expect, test } from "vitest";
import { buildClient } from "../testing/builders";
import { buildContext } from "../testing/test-context";
import { findClientKeys, type KeyHint } from "./client-keys";

const uri = "https://keys.example/jwks";
const hint: KeyHint = { alg: "ES256", kid: "a" };
let ec: JWK;
let rsa: JWK;
let ed: JWK;

beforeAll(async () => {
  [ec, rsa, ed] = (await Promise.all(
    ["ES256", "RS256", "EdDSA"].map(async (alg) =>
      exportJWK((await generateKeyPair(alg, { extractable: true })).publicKey),
    ),
  )) as [JWK, JWK, JWK];
});

/** How many of the client's registered keys fit. */
async function count(keys: unknown[], wanted: KeyHint = hint): Promise<number> {
  const client = buildClient({ jwks: { keys: keys as JWK[] } });
  return (await findClientKeys(buildContext(), client, wanted)).length;
}

test("the key with the kid, and no other", async () => {
  expect(
    await count([
      { ...ec, kid: "a" },
      { ...ec, kid: "b" },
    ]),
  ).toBe(1);
  expect(await count([{ ...ec, kid: "A" }, { ...ec, kid: "b" }, ec])).toBe(0);
});

test("without a kid every key of the right kind, ten at most", async () => {
  const wanted = { alg: "ES256" } as const;
  expect(await count([{ ...ec, kid: "a" }, ec, rsa, ed], wanted)).toBe(2);
  expect(await count(Array(50).fill(ec), wanted)).toBe(10);
});

test.each<[string, () => unknown]>([
  ["for encryption", () => ({ ...ec, kid: "a", use: "enc" })],
  ["for signing only", () => ({ ...ec, kid: "a", key_ops: ["sign"] })],
  ["for another algorithm", () => ({ ...ec, kid: "a", alg: "ES384" })],
  ["of another kind", () => ({ ...rsa, kid: "a" })],
  ["of another curve", () => ({ ...ec, kid: "a", crv: "P-384" })],
  ["of a curve for Bitcoin", () => ({ ...ec, kid: "a", crv: "secp256k1" })],
  ["off the curve", () => ({ ...ec, kid: "a", x: ec.y, y: ec.x })],
  ["without a coordinate", () => ({ kty: "EC", crv: "P-256", x: ec.x, kid: "a" })],
  ["with members that are no base64url", () => ({ ...ec, kid: "a", x: "?" })],
  ["that is a shared secret", () => ({ kty: "oct", k: "c2VjcmV0", kid: "a" })],
  ["that is no object", () => "a"],
  ["that is nothing", () => null],
])("a key %s is passed over", async (_what, make) => {
  expect(await count([make()])).toBe(0);
  expect(await count([make(), { ...ec, kid: "a" }])).toBe(1);
});

test("an RSA key has 2048 to 8192 bits and a short exponent (RFC 7518 §3.3)", async () => {
  const wanted = { alg: "PS256", kid: "a" } as const;
  const ofBits = (bits: number) => ({ ...rsa, kid: "a", n: Buffer.alloc(bits / 8, 0xff).toString("base64url") });
  expect(await count([{ ...rsa, kid: "a" }], wanted)).toBe(1);
  expect(await count([ofBits(8192)], wanted)).toBe(1);
  for (const key of [ofBits(1024), ofBits(8192 + 64), { ...rsa, kid: "a", e: rsa.n }]) {
    expect(await count([key], wanted)).toBe(0);
  }
});

test("EdDSA and Ed25519 are two names of one algorithm (RFC 9864 §2.2)", async () => {
  for (const alg of ["EdDSA", "Ed25519"] as const) {
    for (const own of ["EdDSA", "Ed25519"]) expect(await count([{ ...ed, alg: own }], { alg })).toBe(1);
    expect(await count([{ ...ed, alg: "ES256" }], { alg })).toBe(0);
  }
});

test("a private member that was published by mistake isn't used: the key only verifies", async () => {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const client = buildClient({ jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: "a" }] } });
  const [key] = await findClientKeys(buildContext(), client, hint);
  expect([key?.type, key?.usages]).toEqual(["public", ["verify"]]);
});

/** A `jwks_uri` that answers like this, first from the cache and then afresh. */
async function findRemotely(cached: JSONWebKeySet | null, fresh: JSONWebKeySet | null = cached) {
  const asked: [string, boolean][] = [];
  const context = buildContext();
  context.remoteKeys = {
    async fetch(from, options) {
      asked.push([from, options.fresh]);
      return options.fresh ? fresh : cached;
    },
  };
  const keys = await findClientKeys(context, buildClient({ jwksUri: uri }), hint);
  return { found: keys.length, asked };
}

test("a jwks_uri is read from the cache, and fetched again only if no key matches", async () => {
  const known = { keys: [{ ...ec, kid: "a" }] };
  const changed = { keys: [{ ...ec, kid: "b" }] };
  expect(await findRemotely(known)).toEqual({ found: 1, asked: [[uri, false]] });
  const both = [
    [uri, false],
    [uri, true],
  ];
  expect(await findRemotely(changed, known)).toEqual({ found: 1, asked: both });
  expect(await findRemotely(changed)).toEqual({ found: 0, asked: both });
  expect(await findRemotely(null)).toEqual({ found: 0, asked: both });
});

test("a client without keys has none, and nothing is fetched", async () => {
  const context = buildContext();
  context.remoteKeys = { fetch: () => Promise.reject(new Error("asked")) };
  expect(await findClientKeys(context, buildClient(), hint)).toEqual([]);
});
