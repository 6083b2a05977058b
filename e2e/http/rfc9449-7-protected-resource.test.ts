import { expect } from "vitest";
import { DpopClient } from "../support/dpop";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectNotCached } from "../support/expectations";
import { type Answer, send } from "../support/http";
import type { Portal } from "../support/portal";
import { credentialsOf, getResource, parseJson, requestToken } from "../support/token-client";
import { untilAdmitted } from "../support/until-admitted";
import { test } from "../support/vitest";

async function arrange(portal: Portal, scope = "read") {
  const machine = await portal.createMachine();
  const request = { grant_type: "client_credentials", ...credentialsOf(machine), scope };
  const client = await DpopClient.create();
  const { accessToken } = await client.requestToken(request);
  return { machine, request, client, accessToken };
}

function expectRefused(answer: Answer, error: string): void {
  expect({ status: answer.status, error: parseJson(answer.text).error }).toEqual({ status: 401, error });
  expect(answer.headers["www-authenticate"]).toMatch(new RegExp(`\\b(DPoP|Bearer) realm="Latchkey", error="${error}"`));
  expectNotCached(answer);
}

test("RFC 9449 §7.1: a bound token with its proof is accepted at both servers", async ({ portal }) => {
  const { machine, client, accessToken } = await arrange(portal);
  for (const base of [baseUrl, secondBaseUrl]) {
    const answer = await client.getResource(accessToken, { base });
    expect(answer.status).toBe(200);
    expect(parseJson(answer.text)).toMatchObject({ user: null, application: { client_id: machine.clientId } });
    // §8.2: an answer with a nonce must not be cached.
    expect(answer.headers["dpop-nonce"]).toBe(client.nonce);
    expect(answer.headers["cache-control"]).toBe("no-store");
  }
});

test("RFC 9449 §9: a proof without a nonce is answered with one", async ({ portal }) => {
  const { client, accessToken } = await arrange(portal);
  const headers = {
    Authorization: `DPoP ${accessToken}`,
    DPoP: await client.prove("GET", "/resource", { accessToken, claims: { nonce: undefined } }),
  };
  const answer = await send("GET", "/resource", { headers });
  expectRefused(answer, "use_dpop_nonce");
  expect(answer.headers["dpop-nonce"]).toBe(client.nonce);
  expect(answer.headers["www-authenticate"]).toMatch(/ algs="[A-Za-z0-9 ]+"/);
});

test("RFC 9449 §7.2: a bound token isn't a bearer token, nor the reverse", async ({ portal }) => {
  const { request, client, accessToken } = await arrange(portal);
  const asBearer = await getResource(accessToken);
  expectRefused(asBearer, "invalid_token");
  expect(asBearer.headers["www-authenticate"]).toMatch(/^Bearer .*, DPoP realm="Latchkey", algs=/);
  const withProof = { Authorization: `Bearer ${accessToken}`, DPoP: await client.prove("GET", "/resource") };
  expectRefused(await send("GET", "/resource", { headers: withProof }), "invalid_token");
  const unbound = await requestToken(request);
  expectRefused(await client.getResource(unbound.accessToken), "invalid_token");
  expect((await getResource(unbound.accessToken)).status).toBe(200);
});

test("attack: a stolen token with the thief's own key is an invalid_token", async ({ portal }) => {
  const { accessToken } = await arrange(portal);
  const thief = await DpopClient.create();
  expectRefused(await thief.getResource(accessToken), "invalid_token");
});

test("attack 31: no proof, or one for another method, address, token or time", async ({ portal }) => {
  const { client, accessToken } = await arrange(portal);
  await client.getResource(accessToken);
  const authorization = { Authorization: `DPoP ${accessToken}` };
  expectRefused(await send("GET", "/resource", { headers: authorization }), "invalid_dpop_proof");
  const wrong = [
    { htm: "POST" },
    { htu: `${baseUrl}/o/token` },
    { htu: `${secondBaseUrl}/resource` },
    { ath: undefined },
    { ath: "x" },
    { iat: Math.floor(Date.now() / 1000) - 90 },
  ];
  for (const claims of wrong) {
    expectRefused(await client.getResource(accessToken, { claims }), "invalid_dpop_proof");
  }
});

test("attack: a forged Host header doesn't make another server's proof valid", async ({ portal }) => {
  const { client, accessToken } = await arrange(portal);
  await client.getResource(accessToken);
  const headers = { Host: "evil.example.test", "X-Forwarded-Host": "evil.example.test" };
  const claims = { htu: "http://evil.example.test/resource" };
  expectRefused(await client.getResource(accessToken, { headers, claims }), "invalid_dpop_proof");
});

test("query, fragment and a trailing slash make no difference to the address (§4.3)", async ({ portal }) => {
  const { client, accessToken } = await arrange(portal);
  await client.getResource(accessToken);
  const proof = await client.prove("GET", "/resource/?a=b#c", { accessToken });
  const headers = { Authorization: `dpop ${accessToken}`, DPoP: proof };
  expect((await send("GET", "/resource?other=1", { headers })).status).toBe(200);
});

test("a bound token without the scope is a 403 for the DPoP scheme only", async ({ portal }) => {
  const { client, accessToken } = await arrange(portal, "write");
  const answer = await client.getResource(accessToken);
  expect(answer.status).toBe(403);
  expect(answer.headers["www-authenticate"]).toMatch(
    /^DPoP realm="Latchkey", error="insufficient_scope", .*scope="read"/,
  );
});

test("RFC 9449 §11.1, F4: the same proof 100 times at once, at two servers, is accepted once", async ({ portal }) => {
  const { client, accessToken } = await arrange(portal);
  await client.getResource(accessToken);
  const headers = {
    Authorization: `DPoP ${accessToken}`,
    DPoP: await client.prove("GET", "/resource", { accessToken }),
  };
  const bases = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? baseUrl : secondBaseUrl));
  const answers = await Promise.all(
    bases.map((base) => untilAdmitted(() => send("GET", "/resource", { base, headers }))),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status !== 200);
  for (const answer of refused) expectRefused(answer, "invalid_dpop_proof");
});
