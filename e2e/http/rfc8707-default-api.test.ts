import { createRemoteJWKSet, jwtVerify } from "jose";
import { expect } from "vitest";
import { issuer } from "../support/environment";
import { readText } from "../support/html";
import { send } from "../support/http";
import { introspect, isActive, obtainOwnToken } from "../support/introspection-client";
import { bearer, RelyingParty, readUserinfo } from "../support/openid";
import { startRegistrationServers } from "../support/registering";
import { toUpdate } from "../support/registration";
import { authorizationOf, parseJson, refreshOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
const { servers, register } = startRegistrationServers();

test("RFC 9068 §3: a client that sends no resource gets the audience and the format of its default API, and userinfo", async ({
  portal,
}) => {
  const server = await portal.createMachine();
  const api = await portal.createApi({
    tokenFormat: "jwt",
    scopes: ["read"],
    lifetime: 300,
    resourceServers: [server],
  });
  const rp = await RelyingParty.create(portal, "query", { defaultApi: api.identifier });
  const first = await rp.signIn({ scope: "openid email read write" });
  const again = await requestToken(refreshOf(rp.application, first.refreshToken));
  for (const { body, accessToken } of [first, again]) {
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 300, scope: "openid email read" });
    const checks = { issuer, audience: api.identifier, typ: "at+jwt" };
    const { payload } = await jwtVerify(accessToken, keys, checks);
    expect(payload).toMatchObject({ sub: rp.user.id, client_id: rp.application.clientId });
  }
  expect(await readUserinfo(again.accessToken)).toMatchObject({ sub: rp.user.id, email: rp.user.email });
  expect(parseJson((await introspect(server, again.accessToken)).text)).toMatchObject({
    active: true,
    aud: [api.identifier],
    scope: "read",
  });
  // The first one was replaced at the refresh, for the same audience.
  expect(await isActive(server, first.accessToken)).toBe(false);
});

test("RFC 9700 §4.9.1: without openid, and for an explicit API, userinfo refuses it", async ({ portal }) => {
  const api = await portal.createApi({ tokenFormat: "jwt", scopes: ["read"] });
  const rp = await RelyingParty.create(portal, "query", { defaultApi: api.identifier });
  const plain = await rp.browser.obtainCode(authorizationOf(rp.application, { scope: "read" }), { user: rp.user });
  const { accessToken } = await requestToken({
    grant_type: "authorization_code",
    client_id: rp.application.clientId,
    client_secret: rp.application.clientSecret,
    redirect_uri: rp.application.redirectUri,
    code: plain,
  });
  const named = await rp.signIn({ scope: "openid read", resource: api.identifier });
  for (const token of [accessToken, named.accessToken]) {
    expect((await jwtVerify(token, keys)).payload.aud).toBe(api.identifier);
    expect((await send("GET", "/o/userinfo", bearer(token))).status).toBe(401);
  }
});

test("RFC 7662 §4: a token for the default API isn't one without an audience", async ({ portal }) => {
  const api = await portal.createApi({ scopes: ["read"] });
  const owner = await portal.createMachine({ defaultApi: api.identifier });
  const inspector = await portal.createMachine({ allowedScopes: ["introspection"] });
  expect(await isActive(inspector, await obtainOwnToken(owner))).toBe(false);
  expect(await isActive(inspector, await obtainOwnToken(await portal.createMachine()))).toBe(true);
});

test("an application's default API can't be deleted, and the page says whose it is", async ({ portal, browser }) => {
  const api = await portal.createApi();
  await browser.signIn(await portal.createUser({ administrator: true }));
  const path = `/o/apis/${api.id}/delete/`;
  const openedBefore = await browser.openForm(path, `${path}submit`);
  const application = await portal.createMachine({ defaultApi: api.identifier });
  // Before anything is typed: there is no field to type into.
  const before = await browser.get(path);
  expect(readText(before.text)).toContain("1 application depends on it");
  expect(before.text).not.toContain("confirmed_name");
  const refused = await browser.submit(openedBefore, { confirmed_name: api.name });
  expect(refused.status).toBe(303);
  const page = await browser.get(refused.headers.location ?? "");
  expect(readText(page.text)).toContain(`It is the default API of ${application.name}`);
  await portal.database.application.update({
    where: { id: application.id },
    data: { defaultApiId: null },
    select: { id: true },
  });
  const form = await browser.openForm(path, `${path}submit`);
  expect((await browser.submit(form, { confirmed_name: api.name })).headers.location).toBe("/o/apis/");
});

test("RFC 7592 §2.2: an update by the client keeps the default API that was chosen here", async ({ portal }) => {
  const api = await portal.createApi();
  const client = await register();
  const where = { clientId: client.clientId };
  await servers.database.application.update({ where, data: { defaultApiId: api.id }, select: { id: true } });
  const body = toUpdate(client, { client_name: "Renamed", default_api: "https://elsewhere.example/" });
  const updated = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body });
  expect(updated).toMatchObject({ status: 200 });
  expect(updated.body).not.toHaveProperty("default_api");
  expect(await servers.find(client.clientId)).toMatchObject({ defaultApiId: api.id, name: "Renamed" });
  await servers.database.application.update({ where, data: { defaultApiId: null }, select: { id: true } });
});
