import { createHmac, randomUUID } from "node:crypto";
import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from "jose";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Client } from "../ports/client";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { type ClientSigningAlgorithm, clientSigningAlgorithms } from "../wire/algorithms";
import { InvalidClientError } from "../wire/errors";
import { readAssertionSubject, verifyClientAssertion } from "./client-assertion";

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

/** One of each kind that the algorithms need; making RSA keys takes its time. */
const pairs = new Map<string, Pair>();
const kindOf = (alg: string) => (/^[RP]S/.test(alg) ? "RSA" : alg);

async function findPair(alg: string): Promise<Pair> {
  const pair = pairs.get(kindOf(alg)) ?? (await generateKeyPair(alg, { extractable: true }));
  pairs.set(kindOf(alg), pair);
  // A CryptoKey is for one algorithm only.
  if (kindOf(alg) !== "RSA") return pair;
  const hash = `SHA-${alg.slice(2)}`;
  const name = alg.startsWith("PS") ? "RSA-PSS" : "RSASSA-PKCS1-v1_5";
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  return { ...pair, privateKey: await crypto.subtle.importKey("pkcs8", pkcs8, { name, hash }, false, ["sign"]) };
}

let es256: Pair;
let other: Pair;
let context: TestContext;
let client: Client;

beforeAll(async () => {
  es256 = await findPair("ES256");
  other = await generateKeyPair("ES256");
});

beforeEach(async () => {
  context = buildContext();
  client = await registerKeys({ kid: "a" });
});

async function registerKeys(values: Record<string, unknown>, pair = es256): Promise<Client> {
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), ...values }] };
  return registerClient(context, { tokenEndpointAuthMethod: "private_key_jwt", jwks, secrets: [] }).client;
}

const seconds = () => context.now().getTime() / 1000;

/** What a client sends; `undefined` leaves a claim out. */
function claims(values: Record<string, unknown> = {}): JWTPayload {
  return {
    iss: client.clientId,
    sub: client.clientId,
    aud: context.issuer,
    jti: randomUUID(),
    iat: seconds(),
    exp: seconds() + 60,
    ...values,
  };
}

function sign(payload: JWTPayload = claims(), header: Partial<JWTHeaderParameters> = {}, key = es256.privateKey) {
  return new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: "a", ...header }).sign(key);
}

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** The private cause of the refusal; the client is told the same whatever it was. */
async function refusal(assertion: string | Promise<string>, by = client): Promise<unknown> {
  const error = await verifyClientAssertion(context, by, await assertion).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidClientError);
  expect((error as InvalidClientError).message).toBe("invalid_client: Client authentication failed.");
  return (error as InvalidClientError).cause;
}

describe("RFC 7523 §3: valid assertions", () => {
  test("an assertion signed with the client's key, for the issuer, for now", async () => {
    await verifyClientAssertion(context, client, await sign());
  });

  test.each(clientSigningAlgorithms)("one that is signed with %s", async (alg: ClientSigningAlgorithm) => {
    const pair = await findPair(alg);
    const by = await registerKeys({ kid: "b", use: "sig", alg }, pair);
    const assertion = await sign(claims({ iss: by.clientId, sub: by.clientId }), { alg, kid: "b" }, pair.privateKey);
    await verifyClientAssertion(context, by, assertion);
  });

  test.each([undefined, "JWT", "jwt", "client-authentication+jwt", "application/client-authentication+jwt"])(
    "of the type %s",
    async (typ) => {
      await verifyClientAssertion(context, client, await sign(claims(), typ === undefined ? {} : { typ }));
    },
  );

  test("clocks may differ by half a minute", async () => {
    for (const values of [
      { iat: seconds() + 29, nbf: seconds() + 29 },
      { exp: seconds() - 29 },
      { exp: seconds() + 329 },
      { iat: undefined, nbf: undefined },
    ]) {
      await verifyClientAssertion(context, client, await sign(claims(values)));
    }
  });
});

describe("attack 35 and RFC 7523 §3: invalid assertions", () => {
  test.each<[string, () => Record<string, unknown>, string]>([
    ["another issuer", () => ({ iss: "someone" }), "iss or sub"],
    ["another subject", () => ({ sub: "someone" }), "iss or sub"],
    ["no issuer", () => ({ iss: undefined }), "claims iss"],
    ["no subject", () => ({ sub: undefined }), "claims sub"],
    ["no audience", () => ({ aud: undefined }), "claims aud; aud has to be the string https://id.example/o"],
    ["the issuer in an array", () => ({ aud: [context.issuer] }), "claims aud"],
    ["the issuer and another server", () => ({ aud: [context.issuer, "https://evil.example"] }), "claims aud"],
    ["the token endpoint", () => ({ aud: `${context.issuer}/token/` }), "/token/, expected https://id.example/o"],
    ["the issuer with a slash", () => ({ aud: `${context.issuer}/` }), "/o/, expected https://id.example/o"],
    ["another server", () => ({ aud: "https://evil.example/o" }), "expected https://id.example/o"],
    ["control characters", () => ({ aud: "a\n\u001bb" }), "assertion: aud a\ufffd\ufffdb, expected"],
    ["no exp", () => ({ exp: undefined }), "claims exp"],
    ["an exp that is text", () => ({ exp: String(seconds() + 60) }), "claims exp"],
    ["an exp that is over", () => ({ exp: seconds() - 30 }), "exp is over"],
    ["an exp far ahead", () => ({ exp: seconds() + 331 }), "exp is too far ahead"],
    ["an exp in milliseconds", () => ({ exp: (seconds() + 60) * 1000 }), "exp is too far ahead"],
    ["an nbf that has not come", () => ({ nbf: seconds() + 31 }), "nbf"],
    ["an iat that has not come", () => ({ iat: seconds() + 31 }), "iat"],
    ["no jti", () => ({ jti: undefined }), "claims jti"],
    ["an empty jti", () => ({ jti: "" }), "claims jti"],
    ["a jti that is a number", () => ({ jti: 1 }), "claims jti"],
  ])("%s", async (_what, values, cause) => {
    expect(await refusal(sign(claims(values())))).toContain(cause);
  });

  test("alg none, with and without a signature", async () => {
    for (const alg of ["none", "None", "NONE"]) {
      const unsigned = `${encode({ alg })}.${encode(claims())}.`;
      expect(await refusal(unsigned)).toBe("assertion: header alg");
      expect(await refusal(`${unsigned}c2lnbmF0dXJl`)).toBe("assertion: header alg");
    }
  });

  test.each(["HS256", "HS384", "HS512"])("%s with the public key as the shared secret", async (alg) => {
    const input = `${encode({ alg, kid: "a" })}.${encode(claims())}`;
    const secrets = [await exportSPKI(es256.publicKey), JSON.stringify(await exportJWK(es256.publicKey))];
    for (const secret of secrets) {
      const signature = createHmac(`sha${alg.slice(2)}`, secret)
        .update(input)
        .digest("base64url");
      expect(await refusal(`${input}.${signature}`)).toBe("assertion: header alg");
    }
  });

  test("another key, under the kid of the right one", async () => {
    expect(await refusal(sign(claims(), {}, other.privateKey))).toBe("assertion: signature");
  });

  test("a key embedded in the assertion: jwk, jku, x5u", async () => {
    const jwk = await exportJWK(other.publicKey);
    for (const header of [{ jwk }, { jku: "https://evil.example/jwks" }, { x5u: "https://evil.example/cert" }]) {
      expect(await refusal(sign(claims(), header, other.privateKey))).toBe("assertion: signature");
      // And none of them stands in the way of the right one.
      await verifyClientAssertion(context, client, await sign(claims(), header));
    }
  });

  test.each(["at+jwt", "dpop+jwt", "logout+jwt", "secevent+jwt", "token-introspection+jwt", "JWT "])(
    "a JWT that was created for something else: %s",
    async (typ) => {
      expect(await refusal(sign(claims(), { typ }))).toBe("assertion: header typ");
    },
  );

  test("a critical extension (RFC 7515 §4.1.11), unencoded payloads included", async () => {
    for (const header of [
      { alg: "ES256", kid: "a", crit: ["exp"], exp: 1 },
      { alg: "ES256", kid: "a", crit: ["b64"], b64: false },
    ]) {
      expect(await refusal(`${encode(header)}.${encode(claims())}.c2ln`)).toBe("assertion: header crit");
    }
  });

  test("one changed character", async () => {
    const [header = "", , signature = ""] = (await sign()).split(".");
    const payload = encode(claims({ exp: seconds() + 61 }));
    expect(await refusal(`${header}.${payload}.${signature}`)).toBe("assertion: signature");
  });

  test("a payload that isn't a JSON object", async () => {
    for (const body of ["null", "[]", '"text"', "{", "\u00ff"]) {
      const input = `${encode({ alg: "ES256", kid: "a" })}.${Buffer.from(body, "latin1").toString("base64url")}`;
      const signature = await crypto.subtle.sign(
        { name: "ECDSA", hash: "SHA-256" },
        es256.privateKey,
        Buffer.from(input),
      );
      expect(await refusal(`${input}.${Buffer.from(signature).toString("base64url")}`)).toContain("claims");
    }
  });

  test.each(["", ".", "..", "...", "a.b.c", "e30.e30.", "bm90IGpzb24.e30.e30", "ÿ.ÿ.ÿ", "a.b.c.d.e"])(
    "%j, which isn't a JWT",
    async (assertion) => {
      expect(await refusal(assertion)).toContain("header");
    },
  );

  test("the assertion of another client", async () => {
    const neighbour = await registerKeys({ kid: "a" });
    expect(await refusal(sign(), neighbour)).toBe("assertion: iss or sub");
  });

  test("a client without keys", async () => {
    const { client: keyless } = registerClient(context, { tokenEndpointAuthMethod: "private_key_jwt" });
    expect(await refusal(sign(), keyless)).toBe("assertion: no key of the client fits");
  });
});

/** Verifies an assertion and uses it up. */
async function accept(assertion: string, by = client): Promise<void> {
  await (await verifyClientAssertion(context, by, assertion)).consume();
}

test("a refusal never logs more than 300 characters of an audience", async () => {
  const cause = String(await refusal(sign(claims({ aud: "x".repeat(5000) }))));
  expect(cause).toMatch(/^assertion: aud x{300}, expected https:\/\/id\.example\/o$/);
});

describe("RFC 7523 §3: the jti works once", () => {
  test("a second time is a replay, in parallel as well", async () => {
    const assertion = await sign();
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => accept(assertion)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(accept(assertion)).rejects.toMatchObject({
      error: "invalid_client",
      cause: "assertion: jti used before",
    });
  });

  test("two clients don't share theirs", async () => {
    const neighbour = await registerKeys({ kid: "a" });
    const jti = "1";
    await accept(await sign(claims({ jti })));
    const theirs = claims({ jti, iss: neighbour.clientId, sub: neighbour.clientId });
    await accept(await sign(theirs), neighbour);
  });

  test("a refused assertion isn't used up", async () => {
    const jti = randomUUID();
    await refusal(sign(claims({ jti }), {}, other.privateKey));
    await refusal(sign(claims({ jti, aud: "https://evil.example" })));
    await refusal(sign(claims({ jti, exp: seconds() - 60 })));
    await accept(await sign(claims({ jti })));
  });

  test("it is remembered until no process accepts the assertion anymore", async () => {
    const uses: [string, Date][] = [];
    const { usedJtis } = context.stores;
    context.stores.usedJtis = {
      use: async (key, expiresAt) => uses.push([key, expiresAt]) === 1 && usedJtis.use(key, expiresAt),
    };
    const exp = Math.floor(seconds()) + 60;
    await accept(await sign(claims({ jti: "1", exp })));
    expect(uses).toEqual([[`client assertion ${client.id} 1`, new Date((exp + 90) * 1000)]]);
  });
});

test("RFC 7521 §4.2: the subject says which client to look up, and nothing else is trusted", async () => {
  expect(readAssertionSubject(await sign())).toBe(client.clientId);
  expect(readAssertionSubject(`${encode({ alg: "none" })}.${encode({ sub: "someone" })}.`)).toBe("someone");
  for (const sub of [undefined, null, 1, ["a"], {}]) {
    expect(readAssertionSubject(`${encode({ alg: "none" })}.${encode({ sub })}.`)).toBeNull();
  }
  for (const malformed of ["", "a", "a.b", "a.b.c", "e30.W10.", "a.b.c.d.e"]) {
    expect(readAssertionSubject(malformed)).toBeNull();
  }
});
