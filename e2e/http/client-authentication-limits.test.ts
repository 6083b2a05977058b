import { expect } from "vitest";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import { basicAuthorization, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const machineRequest = { grant_type: "client_credentials" };

type Machine = { clientId: string; clientSecret: string };

function send({ clientId }: Machine, secret: string, base = baseUrl) {
  return requestToken(machineRequest, { base, headers: { Authorization: basicAuthorization(clientId, secret) } });
}

/** 60 wrong secrets at both servers at the same time: the statuses. */
async function guess(machine: Machine): Promise<number[]> {
  const guesses = Array.from({ length: 60 }, (_, index) => `guess ${index}`);
  const sent = guesses.map((secret, index) => send(machine, secret, index % 2 === 0 ? baseUrl : secondBaseUrl));
  return (await Promise.all(sent)).map(({ status }) => status);
}

test("OAuth 2.1 §7.2: guessing a client's secret is limited for both servers together, with Retry-After", async ({
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

test("attack: wrong secrets don't shut out the right one that the server generated, at any endpoint", async ({
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
