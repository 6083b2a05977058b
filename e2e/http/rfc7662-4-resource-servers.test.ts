import { expect } from "vitest";
import { secondBaseUrl } from "../support/environment";
import { encodeForm, formType, send } from "../support/http";
import { introspect, isActive, obtainOwnToken, revokeToken } from "../support/introspection-client";
import { credentialsOf, parseJson } from "../support/token-client";
import { test } from "../support/vitest";

test("attack 41: another application is told nothing, unless it serves the API that the token is for", async ({
  portal,
}) => {
  const [owner, server, stranger] = [
    await portal.createMachine(),
    await portal.createMachine(),
    await portal.createMachine(),
  ];
  const api = await portal.createApi({ resourceServers: [server] });
  const restricted = await obtainOwnToken(owner, { resource: api.identifier });
  const unrestricted = await obtainOwnToken(owner);
  for (const [application, token] of [
    [stranger, restricted],
    [server, unrestricted],
  ] as const) {
    expect(parseJson((await introspect(application, token)).text)).toEqual({ active: false });
  }
  expect(parseJson((await introspect(server, restricted)).text)).toMatchObject({
    active: true,
    client_id: owner.clientId,
    aud: [api.identifier],
  });
});

test("RFC 9701 §5: of a token for two APIs, each server sees its own part", async ({ portal }) => {
  const [owner, server] = [await portal.createMachine(), await portal.createMachine()];
  const own = await portal.createApi({ resourceServers: [server], scopes: ["read"] });
  const other = await portal.createApi({ scopes: ["write"] });
  const form = encodeForm({ grant_type: "client_credentials", ...credentialsOf(owner), resource: own.identifier });
  const answer = await send("POST", "/o/token/", {
    headers: { "Content-Type": formType },
    body: `${form}&${encodeForm({ resource: other.identifier })}`,
  });
  const token = String(parseJson(answer.text).access_token);
  const whole = { scope: "read write", aud: [own.identifier, other.identifier] };
  expect(parseJson((await introspect(owner, token)).text)).toMatchObject(whole);
  expect(parseJson((await introspect(server, token)).text)).toMatchObject({ scope: "read", aud: [own.identifier] });
});

test("a JWT access token is active until it is revoked", async ({ portal }) => {
  const [owner, server] = [await portal.createMachine(), await portal.createMachine()];
  const api = await portal.createApi({ tokenFormat: "jwt", resourceServers: [server] });
  const token = await obtainOwnToken(owner, { resource: api.identifier });
  expect(token.split(".")).toHaveLength(3);
  expect(await isActive(server, token)).toBe(true);
  await revokeToken(owner, { token });
  expect(await isActive(server, token, { base: secondBaseUrl })).toBe(false);
});
