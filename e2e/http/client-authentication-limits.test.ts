import { expect } from "vitest";
import { setApplicationDisabled } from "@/lib/services/applications/set-application-disabled";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import { basicAuthorization, requestToken } from "../support/token-client";
import { test } from "../support/vitest";
import { waitFor } from "../support/wait-for";

const machineRequest = { grant_type: "client_credentials" };

interface Machine {
  clientId: string;
  clientSecret: string;
}

function send({ clientId }: Machine, secret: string, base = baseUrl) {
  return requestToken(machineRequest, { base, headers: { Authorization: basicAuthorization(clientId, secret) } });
}

function sendInBody({ clientId }: Machine, secret: string) {
  return requestToken({ ...machineRequest, client_id: clientId, client_secret: secret });
}

/** 60 wrong secrets at both servers at the same time: the statuses. */
async function guess(machine: Machine): Promise<number[]> {
  const guesses = Array.from({ length: 60 }, (_, index) => `guess ${index}`);
  const sent = guesses.map((secret, index) => send(machine, secret, index % 2 === 0 ? baseUrl : secondBaseUrl));
  return (await Promise.all(sent)).map(({ status }) => status);
}

test("OAuth 2.1 §7.2: guesses of a client's secret are limited across both servers, with Retry-After", async ({
  portal,
}) => {
  const machine = await portal.createMachine({ clientSecret: "a-secret-that-somebody-chose-not-the-server" });
  const statuses = await guess(machine);
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(30);
  expect(new Set(statuses)).toEqual(new Set([401, 429]));

  for (const base of [baseUrl, secondBaseUrl]) {
    const refused = await send(machine, machine.clientSecret, base);
    expectOAuthError(refused, 429, "invalid_request");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(300);
  }
  const other = await portal.createMachine();
  expect(
    (await requestToken({ ...machineRequest, client_id: other.clientId, client_secret: other.clientSecret })).status,
  ).toBe(200);
});

test("attack: wrong secrets don't lock out the correct one that the server generated, at any endpoint", async ({
  portal,
}) => {
  const machine = await portal.createMachine();
  expect(new Set(await guess(machine))).toEqual(new Set([401, 429]));
  for (const base of [baseUrl, secondBaseUrl]) {
    expect((await send(machine, machine.clientSecret, base)).status).toBe(200);
    const headers = { Authorization: basicAuthorization(machine.clientId, machine.clientSecret) };
    for (const endpoint of ["introspect", "revoke_token"]) {
      const body = new URLSearchParams({ token: "unknown" });
      const response = await fetch(`${base}/o/${endpoint}`, { method: "POST", headers, body });
      expect([endpoint, response.status]).toEqual([endpoint, 200]);
    }
  }
});

test("OAuth 2.1 §7.2: repeated refusals of credentials in the body don't use up the limit for correct ones", async ({
  portal,
}) => {
  const [machine, other] = [await portal.createMachine(), await portal.createMachine()];
  const wrong = [...machine.clientSecret].toReversed().join("");
  const refusals = [];
  for (let attempt = 0; attempt < 40; attempt++) refusals.push(await sendInBody(machine, wrong));
  expect(refusals.slice(0, 30).map(({ status }) => status)).toEqual(Array(30).fill(401));
  for (const refused of refusals.slice(30)) {
    expectOAuthError(refused, 429, "invalid_request");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(300);
  }
  expect((await sendInBody(machine, machine.clientSecret)).status).toBe(200);
  expect((await send(machine, machine.clientSecret)).status).toBe(200);
  expect((await sendInBody(other, other.clientSecret)).status).toBe(200);
  expect((await sendInBody(other, wrong)).status).toBe(401);
});

test("OAuth 2.1 §7.2: a public client's ID that was refused too often is accepted ten seconds after it is enabled again", async ({
  portal,
}) => {
  const application = await portal.createPublicApplication();
  await portal.disableApplication(application);
  const ask = () => requestToken({ grant_type: "refresh_token", client_id: application.clientId, refresh_token: "x" });
  const statuses = [];
  for (let attempt = 0; attempt < 32; attempt++) statuses.push((await ask()).status);
  expect(statuses.slice(-2)).toEqual([429, 429]);
  await setApplicationDisabled(portal.context, { id: application.id, disabled: false });
  const answer = await waitFor(
    "an answer of the grant",
    async () => {
      const { status, body } = await ask();
      return status === 429 ? null : { status, error: body.error };
    },
    { timeout: 20_000, interval: 250 },
  );
  expect(answer).toEqual({ status: 400, error: "invalid_grant" });
});
