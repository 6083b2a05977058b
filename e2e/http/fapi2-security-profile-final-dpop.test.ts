import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { createProof } from "@/lib/oauth/testing/dpop-proof";
import { DpopClient } from "../support/dpop";
import { baseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import { FapiClient, now, withAlgorithm } from "../support/fapi-client";
import { send } from "../support/http";
import { noteSecret } from "../support/secrets-seen";
import { test } from "../support/vitest";

/** The modules of fapi2-security-profile-final about DPoP, one test each, by name. */

const resource = { method: "GET", uri: `${baseUrl}/resource` };

test("fapi2-security-profile-final-check-dpop-proof-nbf-exp: proofs may have both", async ({ portal, person }) => {
  const client = await FapiClient.create(portal);
  const code = await client.obtainCode(person);
  const times = { nbf: now(), exp: now() + 300 };
  const { accessToken, status } = await client.exchange(code, { proof: times });
  expect(status).toBe(200);
  expect((await client.dpop.getResource(accessToken, { claims: times })).status).toBe(200);
});

for (const [when, offset] of [
  ["before", -10],
  ["after", 10],
] as const) {
  test(`fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-${when}-succeeds: at every endpoint`, async ({
    portal,
    person,
  }) => {
    const client = await FapiClient.create(portal);
    const proof = () => ({ iat: now() + offset });
    const code = await client.obtainCode(person, { dpop: client.dpop, proof: proof() });
    const { accessToken, status } = await client.exchange(code, { proof: proof() });
    expect(status).toBe(200);
    expect((await client.dpop.getResource(accessToken, { claims: proof() })).status).toBe(200);
  });
}

test("fapi2-security-profile-final-ensure-mismatched-dpop-jkt-fails: dpop_jkt and proof name two keys", async ({
  portal,
}) => {
  const client = await FapiClient.create(portal);
  const { key } = await DpopClient.create();
  const answer = await client.push({ fields: { dpop_jkt: key.jkt }, dpop: client.dpop });
  expectOAuthError(answer, 400, "invalid_dpop_proof");
});

test("fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt: another key than in the pushed request", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const code = await client.obtainCode(person, { dpop: client.dpop });
  expectOAuthError(await client.exchange(code, { dpop: await DpopClient.create() }), 400, "invalid_grant");
});

test("fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-jkt: another key than the named one", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const { key } = await DpopClient.create();
  const code = await client.obtainCode(person, { fields: { dpop_jkt: key.jkt } });
  expectOAuthError(await client.exchange(code), 400, "invalid_grant");
});

test("fapi2-security-profile-final-ensure-dpopproof-at-par-endpoint-binding-success: the key of the pushed request", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const code = await client.obtainCode(person, { dpop: client.dpop });
  expect((await client.exchange(code)).status).toBe(200);
});

test("fapi2-security-profile-final-ensure-dpop-auth-code-binding-success: the named key", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const { jkt } = client.dpop.key;
  const named = await client.obtainCode(person, { fields: { dpop_jkt: jkt } });
  expect((await client.exchange(named)).status).toBe(200);
  const both = await client.obtainCode(person, { fields: { dpop_jkt: jkt }, dpop: client.dpop });
  expect((await client.exchange(both)).status).toBe(200);
});

test("fapi2-security-profile-final-dpop-negative-tests: every check of a proof, at the resource", async ({
  portal,
  person,
}) => {
  const client = await FapiClient.create(portal);
  const { accessToken } = await client.obtainTokens(person);
  const { key } = client.dpop;
  /** The status of a request whose proof differs from the correct one in these. */
  const present = async (claims: Record<string, unknown>, header = {}, by = key, target = resource) => {
    const proof = await createProof(
      by,
      { ...target, at: new Date(), accessToken, nonce: client.dpop.nonce },
      claims,
      header,
    );
    noteSecret(proof);
    return (await send("GET", "/resource", { headers: { Authorization: `DPoP ${accessToken}`, DPoP: proof } })).status;
  };
  expect(await present({})).toBe(200);

  const stranger = (await DpopClient.create("PS256")).key;
  const refused: [what: string, status: Promise<number>][] = [
    ["no jti", present({ jti: undefined })],
    ["no htm", present({ htm: undefined })],
    ["no htu", present({ htu: undefined })],
    ["no iat", present({ iat: undefined })],
    ["no ath", present({ ath: undefined })],
    ["another type", present({}, { typ: "JWT" })],
    ["RS256", withAlgorithm(key, "RS256").then((rs256) => present({}, {}, rs256))],
    ["the private key in it", present({}, { jwk: key.privateJwk })],
    ["another method", present({ htm: "PUT" })],
    ["another address", present({ htu: `${baseUrl}/o/userinfo` })],
    ["an hour ahead", present({ iat: now() + 3600 })],
    ["an hour old", present({ iat: now() - 3600 })],
    ["another token's hash", present({ ath: "x".repeat(43) })],
    ["another key", present({}, {}, stranger)],
    ["another signature than its key's", present({}, { jwk: key.publicJwk }, stranger)],
  ];
  for (const [what, status] of refused) expect(await status, what).toBe(401);

  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const claims = { jti: randomUUID(), htm: "GET", htu: resource.uri, iat: now(), nonce: client.dpop.nonce };
  const unsigned = `${encode({ typ: "dpop+jwt", alg: "none", jwk: key.publicJwk })}.${encode(claims)}.`;
  for (const headers of [
    { Authorization: `DPoP ${accessToken}`, DPoP: unsigned },
    { Authorization: `DPoP ${accessToken}` },
    { Authorization: `Bearer ${accessToken}` },
  ]) {
    expect((await send("GET", "/resource", { headers })).status).toBe(401);
  }

  const jti = randomUUID();
  expect([await present({ jti }), await present({ jti })]).toEqual([200, 401]);
  for (const htu of [`${resource.uri}?a=b#c`, resource.uri.toUpperCase().replace("/RESOURCE", "/resource")]) {
    expect(await present({ htu })).toBe(200);
  }
  expect(await present({ extra: true }, { extra: true })).toBe(200);
});
