import { expect } from "vitest";
import { DpopClient } from "../support/dpop";
import { secondBaseUrl } from "../support/environment";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import type { Portal, TestApplication } from "../support/portal";
import {
  authorizationOf,
  createPkcePair,
  credentialsOf,
  exchangeOf,
  getResource,
  parseJson,
  refreshOf,
  requestToken,
} from "../support/token-client";
import { test } from "../support/vitest";

const machineRequest = (machine: TestApplication) => ({ grant_type: "client_credentials", ...credentialsOf(machine) });

async function demandProofs(portal: Portal, { id }: TestApplication): Promise<void> {
  await portal.database.application.update({ where: { id }, data: { dpopBoundAccessTokens: true } });
}

test("RFC 9449 §8: without a nonce the answer is use_dpop_nonce with one, valid at the other server as well", async ({
  portal,
}) => {
  const machine = await portal.createMachine();
  const client = await DpopClient.create();
  const first = await requestToken(machineRequest(machine), {
    headers: { DPoP: await client.prove("POST", "/o/token/") },
  });
  expectOAuthError(first, 400, "use_dpop_nonce");
  client.nonce = String(first.headers["dpop-nonce"]);
  const second = await requestToken(machineRequest(machine), {
    base: secondBaseUrl,
    headers: { DPoP: await client.prove("POST", "/o/token/") },
  });
  expect(second.status).toBe(200);
  expect(second.body.token_type).toBe("DPoP");
  // §8.2: the next one is in the answer.
  expect(second.headers["dpop-nonce"]).toMatch(/^[\w-]{43}$/);
  expectNotCached(second);
});

test("RFC 9449 §5: the token carries the key's thumbprint (§6), and without a proof it is a bearer token", async ({
  portal,
}) => {
  const machine = await portal.createMachine();
  const client = await DpopClient.create();
  expect((await client.requestToken(machineRequest(machine))).body.token_type).toBe("DPoP");
  expect((await requestToken(machineRequest(machine))).body.token_type).toBe("Bearer");
  const stored = await portal.database.accessToken.findMany({
    where: { applicationId: machine.id },
    select: { dpopJkt: true },
  });
  expect(new Set(stored.map(({ dpopJkt }) => dpopJkt))).toEqual(new Set([client.key.jkt, null]));
});

test("RFC 9449 §5.2: an application that requires sender-constrained tokens gets none without a proof", async ({
  portal,
  person,
}) => {
  const [machine, application] = [await portal.createMachine(), await portal.createApplication()];
  for (const registered of [machine, application]) await demandProofs(portal, registered);
  expectOAuthError(await requestToken(machineRequest(machine)), 400, "invalid_dpop_proof");
  const client = await DpopClient.create();
  expect((await client.requestToken(machineRequest(machine))).status).toBe(200);

  const code = await person.obtainCode(authorizationOf(application));
  expectOAuthError(await requestToken(exchangeOf(application, code)), 400, "invalid_dpop_proof");
  const tokens = await client.requestToken(exchangeOf(application, code));
  expect(tokens.body.token_type).toBe("DPoP");
  expectOAuthError(await requestToken(refreshOf(application, tokens.refreshToken)), 400, "invalid_dpop_proof");
  expect((await client.requestToken(refreshOf(application, tokens.refreshToken))).body.token_type).toBe("DPoP");
});

test("attack 31: a proof with any error gets no token, even with a nonce", async ({ portal }) => {
  const machine = await portal.createMachine();
  const client = await DpopClient.create();
  await client.requestToken(machineRequest(machine));
  const now = Math.floor(Date.now() / 1000);
  const wrong = [
    { htm: "GET" },
    { htu: `${secondBaseUrl}/o/token` },
    { htu: "https://id.example.test/o/token" },
    { iat: now - 90 },
    { iat: now + 60 },
    { jti: undefined },
  ];
  for (const claims of wrong) {
    expectOAuthError(await client.requestToken(machineRequest(machine), { claims }), 400, "invalid_dpop_proof");
  }
  for (const DPoP of ["", "x", "a.b.c", "é", "a".repeat(10_000), "{}"]) {
    const answer = await requestToken(machineRequest(machine), {
      headers: { DPoP: Buffer.from(DPoP).toString("latin1") },
    });
    expectOAuthError(answer, 400, "invalid_dpop_proof");
  }
  const [one, two] = [await client.prove("POST", "/o/token/"), await client.prove("POST", "/o/token/")];
  const both = await requestToken(machineRequest(machine), { headers: { DPoP: [one, two] } });
  expectOAuthError(both, 400, "invalid_dpop_proof");
  expect(await portal.database.accessToken.count({ where: { applicationId: machine.id } })).toBe(1);
});

test("attack 31: the refresh token of a public client's bound tokens needs the same key, and remains valid", async ({
  portal,
  person,
}) => {
  const application = await portal.createPublicApplication();
  const { verifier, challenge } = createPkcePair();
  const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
  const code = await person.obtainCode(authorizationOf(application, pkce));
  const [client, thief] = [await DpopClient.create(), await DpopClient.create()];
  const first = await client.requestToken(exchangeOf(application, code, { code_verifier: verifier }));
  expect(first.body.token_type).toBe("DPoP");
  const refresh = refreshOf(application, first.refreshToken);
  expectOAuthError(await requestToken(refresh), 400, "invalid_dpop_proof");
  expectOAuthError(await thief.requestToken(refresh), 400, "invalid_grant");
  const second = await client.requestToken(refresh);
  expect(second.body.token_type).toBe("DPoP");
  expect((await client.getResource(second.accessToken)).status).toBe(200);
});

test("RFC 9449 §10: a code requested with dpop_jkt is only for that key", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const [client, thief] = [await DpopClient.create(), await DpopClient.create()];
  const code = await person.obtainCode(authorizationOf(application, { dpop_jkt: client.key.jkt }));
  expectOAuthError(await requestToken(exchangeOf(application, code)), 400, "invalid_dpop_proof");
  expectOAuthError(await thief.requestToken(exchangeOf(application, code)), 400, "invalid_grant");
  const tokens = await client.requestToken(exchangeOf(application, code));
  expect(tokens.body.token_type).toBe("DPoP");
  expect(parseJson((await client.getResource(tokens.accessToken)).text).application).toMatchObject({
    client_id: application.clientId,
  });
  expect((await getResource(tokens.accessToken)).status).toBe(401);
});
