import { expect } from "vitest";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import { basicAuthorization, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const machineRequest = { grant_type: "client_credentials" };

test("OAuth 2.1 §7.2: guessing a client's secret is limited for both servers together, with Retry-After", async ({
  portal,
}) => {
  const machine = await portal.createMachine();
  const send = (secret: string, base: string) =>
    requestToken(machineRequest, { base, headers: { Authorization: basicAuthorization(machine.clientId, secret) } });
  const guesses = await Promise.all(
    Array.from({ length: 60 }, (_, index) => send(`guess ${index}`, index % 2 === 0 ? baseUrl : secondBaseUrl)),
  );
  const statuses = guesses.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(30);
  expect(new Set(statuses)).toEqual(new Set([401, 429]));

  for (const base of [baseUrl, secondBaseUrl]) {
    const refused = await send(machine.clientSecret, base);
    expectOAuthError(refused, 429, "invalid_request");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(300);
  }
  const other = await portal.createMachine();
  expect(
    (await requestToken({ ...machineRequest, client_id: other.clientId, client_secret: other.clientSecret })).status,
  ).toBe(200);
});
