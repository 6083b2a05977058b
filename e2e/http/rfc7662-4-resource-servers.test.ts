import { expect } from "vitest";
import { secondBaseUrl } from "../support/environment";
import { type Answer, encodeForm, formType, postForm, send } from "../support/http";
import { introspect, isActive, obtainOwnToken, revokeToken } from "../support/introspection-client";
import { credentialsOf, obtainTokens, parseJson } from "../support/token-client";
import { test } from "../support/vitest";

test("attack 41: another application learns nothing, unless it serves the API that the token is for", async ({
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

test("with the scope introspection, by Basic, in the body or by a bearer token, a resource server sees access tokens for no particular API, and never another API's", async ({
  portal,
  person,
  user,
}) => {
  const application = await portal.createApplication();
  const { accessToken, refreshToken } = await obtainTokens(person, application, { scope: "read" });
  const owner = await portal.createMachine();
  const server = await portal.createMachine({ allowedScopes: ["introspection", "read"] });
  const own = await portal.createApi({ resourceServers: [server] });
  const other = await portal.createApi();
  const forOwn = await obtainOwnToken(owner, { resource: own.identifier });
  const forOther = await obtainOwnToken(owner, { resource: other.identifier });
  const bearer = await obtainOwnToken(server, { scope: "introspection" });
  const ways: [string, (token: string) => Promise<Answer>][] = [
    ["Basic", (token) => introspect(server, token)],
    ["body", (token) => postForm("/o/introspect/", { token, ...credentialsOf(server) })],
    ["bearer", (token) => postForm("/o/introspect/", { token }, { headers: { Authorization: `Bearer ${bearer}` } })],
  ];
  for (const [way, ask] of ways) {
    const read = async (token: string) => parseJson((await ask(token)).text);
    const scope = { active: true, scope: "read", client_id: application.clientId, username: user.username };
    expect(await read(accessToken), way).toMatchObject(scope);
    expect(await read(forOwn), way).toMatchObject({ active: true, aud: [own.identifier] });
    for (const token of [forOther, refreshToken, "unknown"]) expect(await read(token), way).toEqual({ active: false });
  }
});

test("only an administrator allows the scope introspection, and an application loses access with it", async ({
  portal,
  user,
}) => {
  const owned = { owner: user, registrant: user, allowedScopes: ["introspection"] };
  await expect(portal.createMachine(owned)).rejects.toThrow();
  const token = await obtainOwnToken(await portal.createMachine());
  const server = await portal.createMachine({ allowedScopes: ["introspection"] });
  expect(await isActive(server, token)).toBe(true);
  const where = { id: server.id };
  await portal.database.application.update({ where, data: { allowedScopes: [] }, select: { id: true } });
  expect(await isActive(server, token)).toBe(false);
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
