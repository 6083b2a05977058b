import { randomUUID } from "node:crypto";
import { generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { epoch } from "../testing/defaults";
import { createDpopKey, createProof, type DpopKey } from "../testing/dpop-proof";
import { buildContext, type TestContext } from "../testing/test-context";
import { InvalidDpopProofError } from "../wire/errors";
import { checkDpopProof, type DpopRequest, dpopAlgorithms } from "./dpop";

const uri = "https://id.example/o/token";
const target = { method: "POST", uri, at: epoch };

let key: DpopKey;
beforeAll(async () => {
  key = await createDpopKey();
});

const check = (context: TestContext, proof: string, values: Partial<DpopRequest> = {}) =>
  checkDpopProof(context, { proof, method: "POST", uri, securityProfile: null, ...values });

/** Refused for this reason, and the `jti` is still there to be used. */
async function expectRefused(proof: string, reason: RegExp, values: Partial<DpopRequest> = {}): Promise<void> {
  const context = buildContext();
  const used: string[] = [];
  context.stores.usedJtis.use = async (jti) => used.push(jti) > 0;
  const error = await check(context, proof, values).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidDpopProofError);
  expect(error).toMatchObject({ error: "invalid_dpop_proof", status: 400, cause: expect.stringMatching(reason) });
  expect(used).toEqual([]);
}

describe("RFC 9449 §4.2, §4.3: the header", () => {
  test.each([...dpopAlgorithms])("a proof by %s is good; the thumbprint of its key is the answer", async (alg) => {
    const other = await createDpopKey(alg);
    expect(await check(buildContext(), await createProof(other, target))).toEqual({ jkt: other.jkt });
  });

  test.each([undefined, "JWT", "at+jwt", "dpop"])("typ %s", async (typ) => {
    await expectRefused(await createProof(key, target, {}, { typ }), /"typ"/);
  });

  test("attack: alg none", async () => {
    const [, payload] = (await createProof(key, target)).split(".");
    const header = Buffer.from(JSON.stringify({ typ: "dpop+jwt", alg: "none", jwk: key.publicJwk }));
    await expectRefused(`${header.toString("base64url")}.${payload}.`, /"alg"/);
    await expectRefused(new UnsecuredJWT({ htm: "POST" }).encode(), /"alg"/);
  });

  test("attack: HS256 with an embedded key, and with the public key as the secret", async () => {
    const secret = Buffer.from("a secret of thirty-two characters and more");
    const sign = (jwk: object, by: Uint8Array) =>
      new SignJWT({ jti: randomUUID(), htm: "POST", htu: uri, iat: epoch.getTime() / 1000 })
        .setProtectedHeader({ typ: "dpop+jwt", alg: "HS256", jwk })
        .sign(by);
    await expectRefused(await sign({ kty: "oct", k: secret.toString("base64url") }, secret), /"alg"/);
    await expectRefused(await sign(key.publicJwk, Buffer.from(JSON.stringify(key.publicJwk))), /"alg"/);
  });

  test("a private key in the header, in whole or in part", async () => {
    await expectRefused(await createProof(key, target, {}, { jwk: key.privateJwk }), /public/);
    const rsa = await createDpopKey("RS256");
    await expectRefused(await createProof(rsa, target, {}, { jwk: rsa.privateJwk }), /public/);
    await expectRefused(
      await createProof(rsa, target, {}, { jwk: { ...rsa.publicJwk, p: rsa.privateJwk.p } }),
      /public/,
    );
  });

  test.each([undefined, null, "key", [], {}, { kty: "EC" }, { kty: "EC", crv: "P-256", x: "AA", y: "AA" }])(
    "no key to verify with: %j",
    async (jwk) => {
      await expectRefused(await createProof(key, target, {}, { jwk }), /./);
    },
  );

  test("attack: signed by another key than the one it names", async () => {
    const other = await createDpopKey();
    await expectRefused(await createProof(key, target, {}, { jwk: other.publicJwk }), /signature/);
  });

  test("an RSA key that is too short", async () => {
    const { publicKey, privateKey } = await crypto.subtle.generateKey(
      { name: "RSASSA-PKCS1-v1_5", modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
      true,
      ["sign", "verify"],
    );
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const jwk = await crypto.subtle.exportKey("jwk", publicKey);
    const header = encode({ typ: "dpop+jwt", alg: "RS256", jwk: { kty: jwk.kty, n: jwk.n, e: jwk.e } });
    const payload = encode({ jti: "1", htm: "POST", htu: uri, iat: epoch.getTime() / 1000 });
    const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", privateKey, Buffer.from(`${header}.${payload}`));
    await expectRefused(`${header}.${payload}.${Buffer.from(signature).toString("base64url")}`, /2048/);
  });

  test("an unknown critical extension (RFC 7515 §4.1.11)", async () => {
    const { privateKey } = await generateKeyPair("ES256");
    const proof = new SignJWT({}).setProtectedHeader({ alg: "ES256", crit: ["later"], later: 1 });
    const signed = await proof.sign(privateKey, { crit: { later: false } });
    await expectRefused(signed, /later/);
  });
});

describe("RFC 9449 §4.3: exactly one well-formed proof", () => {
  test.each(["", "a", "a.b", "a.b.c", "a.b.c.d.e", "..", "\0", "é.é.é", "{}"])("%j is none", async (proof) => {
    await expectRefused(proof, /./);
  });

  test("two proofs, as two headers arrive", async () => {
    const [one, two] = [await createProof(key, target), await createProof(key, target)];
    await expectRefused(`${one}, ${two}`, /./);
    await expectRefused(`${one},${one}`, /./);
  });

  test("an overlong proof isn't parsed", async () => {
    await expectRefused(await createProof(key, target, { more: "x".repeat(4096) }), /too long/);
    await expectRefused("a".repeat(1_000_000), /too long/);
  });

  test("attack: a signed claim was changed", async () => {
    const [header, payload, signature] = (await createProof(key, target)).split(".");
    const claims = JSON.parse(Buffer.from(payload ?? "", "base64url").toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, jti: randomUUID() })).toString("base64url");
    await expectRefused(`${header}.${forged}.${signature}`, /signature/);
    await expectRefused(`${header}.${payload}.`, /signature/);
  });

  test.each(["jti", "htm", "htu", "iat"])("the claim %s is missing, or of another type", async (name) => {
    await expectRefused(await createProof(key, target, { [name]: undefined }), new RegExp(name));
    await expectRefused(await createProof(key, target, { [name]: ["POST"] }), new RegExp(name));
    await expectRefused(await createProof(key, target, { [name]: null }), new RegExp(name));
  });

  test("an overlong or empty jti", async () => {
    expect(await check(buildContext(), await createProof(key, target, { jti: "j".repeat(256) }))).toBeDefined();
    await expectRefused(await createProof(key, target, { jti: "j".repeat(257) }), /jti/);
    await expectRefused(await createProof(key, target, { jti: "" }), /jti/);
  });
});

describe("RFC 9449 §4.3: for this method and this URI", () => {
  test.each(["GET", "post", "POST ", ""])("htm %j", async (htm) => {
    await expectRefused(await createProof(key, target, { htm }), /htm/);
  });

  test.each([
    uri,
    `${uri}/`,
    `${uri}?query=1`,
    `${uri}/?query=1#fragment`,
    `${uri}#`,
    "HTTPS://ID.EXAMPLE/o/token",
    "https://id.example:443/o/token",
    "https://id.example/o/../o/./token",
    "https://id.example/%6f/%74oken",
  ])("htu %s is the same by RFC 3986 §6.2.2 and §6.2.3", async (htu) => {
    expect(await check(buildContext(), await createProof(key, target, { htu }))).toEqual({ jkt: key.jkt });
  });

  test("the address may have a trailing slash, and encoded characters in either case", async () => {
    const proof = await createProof(key, target, { htu: "https://id.example/a%c3%a4" });
    expect(await check(buildContext(), proof, { uri: "https://id.example/a%C3%A4/" })).toEqual({ jkt: key.jkt });
  });

  test.each([
    "http://id.example/o/token",
    "https://id.example:8443/o/token",
    "https://id.example.evil.example/o/token",
    "https://evil.example/o/token",
    "https://id.example@evil.example/o/token",
    "https://user@id.example/o/token",
    "https://id.example/o/token//",
    "https://id.example/o/tokens",
    "https://id.example/o/Token",
    "https://id.example/o%2Ftoken",
    "https://id.example\\o\\token",
    " https://id.example/o/token",
    "https://id.example/o/tok\nen",
    "https:id.example/o/token",
    "//id.example/o/token",
    "/o/token",
    "id.example/o/token",
    "https://",
    "",
  ])("htu %j is not", async (htu) => {
    await expectRefused(await createProof(key, target, { htu }), /htu/);
  });
});

describe("RFC 9449 §4.3, §11.1: in time", () => {
  const seconds = epoch.getTime() / 1000;

  test.each([seconds - 60, seconds, seconds + 10])("iat %d is near enough", async (iat) => {
    expect(await check(buildContext(), await createProof(key, target, { iat }))).toBeDefined();
  });

  test.each([
    [seconds - 60.001, /too old/],
    [0, /too old/],
    [-1, /too old/],
    [seconds + 10.001, /future/],
    [seconds * 1000, /future/],
    [Number.MAX_VALUE, /future/],
    [String(seconds), /iat/],
  ])("iat %s is not", async (iat, reason) => {
    await expectRefused(await createProof(key, target, { iat }), reason);
  });

  test("exp and nbf count if a client sends them", async () => {
    await expectRefused(await createProof(key, target, { exp: Math.floor(seconds) - 10 }), /"exp"/);
    await expectRefused(await createProof(key, target, { nbf: Math.floor(seconds) + 11 }), /"nbf"/);
    const inTime = { nbf: Math.floor(seconds) + 10, exp: Math.floor(seconds) + 300 };
    expect(await check(buildContext(), await createProof(key, target, inTime))).toEqual({ jkt: key.jkt });
  });
});

describe("RFC 9449 §4.3, §7: with an access token", () => {
  test("ath is its hash", async () => {
    const proof = await createProof(key, { ...target, accessToken: "token" });
    expect(await check(buildContext(), proof, { accessToken: "token" })).toEqual({ jkt: key.jkt });
  });

  test("attack: ath of another token, or none", async () => {
    await expectRefused(await createProof(key, { ...target, accessToken: "other" }), /ath/, { accessToken: "token" });
    await expectRefused(await createProof(key, target), /ath/, { accessToken: "token" });
    await expectRefused(await createProof(key, target, { ath: "" }), /ath/, { accessToken: "token" });
  });
});
