import { decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect } from "vitest";
import { authorizePath, BrowserClient } from "../support/browser-client";
import { expectErrorPage } from "../support/expectations";
import { send } from "../support/http";
import { bearer } from "../support/openid";
import type { TestApplication, TestUser } from "../support/portal";
import { startRegistrationWithSite, toTestApplication } from "../support/registering";
import { noteSecret } from "../support/secrets-seen";
import { authorizationOf, exchangeOf, parseJson, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** The modules of the certification profile Dynamic that are not about registration itself. */

const { servers, site, register, refuse } = startRegistrationWithSite();

const redirectUri = "https://app.example.test/callback";
const { publicKey, privateKey } = await generateKeyPair("RS256");
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "rp", use: "sig", alg: "RS256" }] };

async function createClient(metadata: object = {}): Promise<TestApplication> {
  const defaults = { redirect_uris: [redirectUri], token_endpoint_auth_method: "client_secret_post" };
  return toTestApplication(await register({ ...defaults, ...metadata }));
}

async function signIn(user: TestUser): Promise<BrowserClient> {
  const browser = new BrowserClient({ base: servers.tokenBase, origin: servers.tokenBase });
  await browser.signIn(user);
  return browser;
}

/** Completes a request as the user: the tokens, with the raw ID token. */
async function complete(user: TestUser, application: TestApplication, parameters: Record<string, string>) {
  const code = await (await signIn(user)).obtainCode(parameters);
  const tokens = await requestToken(exchangeOf(application, code), { base: servers.tokenBase });
  expect(tokens.status).toBe(200);
  return { ...tokens, idToken: String(tokens.body.id_token) };
}

/** A request object as in OpenID Connect Core §6.1. */
function signRequest(application: TestApplication, claims: Record<string, unknown> = {}, alg = "RS256") {
  const inside = { ...authorizationOf(application, { scope: "openid" }), iss: application.clientId };
  const object = { ...inside, aud: `${servers.tokenBase}/o`, state: "inside", nonce: "inside", ...claims };
  return new SignJWT(object).setProtectedHeader({ alg, kid: "rp" }).sign(privateKey);
}

test("oidcc-idtoken-rs256: as registered", async ({ user }) => {
  const application = await createClient({ id_token_signed_response_alg: "RS256" });
  const { idToken } = await complete(user, application, authorizationOf(application, { scope: "openid" }));
  expect(decodeProtectedHeader(idToken).alg).toBe("RS256");
});

test("oidcc-idtoken-unsigned: can't be registered", async () => {
  const unsigned = { redirect_uris: [redirectUri], id_token_signed_response_alg: "none" };
  expect(await refuse(unsigned)).toBe("invalid_client_metadata");
});

test("oidcc-userinfo-rs256: a JWT of the server with the user's sub", async ({ user }) => {
  const application = await createClient({ userinfo_signed_response_alg: "RS256" });
  const { accessToken } = await complete(user, application, authorizationOf(application, { scope: "openid email" }));
  const answer = await send("GET", "/o/userinfo", { base: servers.tokenBase, ...bearer(accessToken) });
  expect(answer.headers["content-type"]).toBe("application/jwt");
  expect(decodeProtectedHeader(answer.text)).toMatchObject({ alg: "RS256", kid: expect.any(String) });
  const [, payload = ""] = answer.text.split(".");
  expect(parseJson(Buffer.from(payload, "base64url").toString())).toMatchObject({
    iss: `${servers.tokenBase}/o`,
    aud: application.clientId,
    sub: user.id,
    email: user.email,
  });
});

test("oidcc-ensure-redirect-uri-in-authorization-request: of two addresses none is chosen", async ({ user }) => {
  const application = await createClient({ redirect_uris: [redirectUri, `${redirectUri}/2`] });
  const { redirect_uri: _left, ...request } = authorizationOf(application, { scope: "openid" });
  expectErrorPage(await (await signIn(user)).get(authorizePath(request)));
});

test("oidcc-redirect-uri-query-OK: the registered query stays", async ({ user }) => {
  const application = await createClient({ redirect_uris: [`${redirectUri}?foo=bar`] });
  const browser = await signIn(user);
  const location = await browser.authorize(authorizationOf(application, { scope: "openid" }));
  expect(location.href).toMatch(/\/callback\?foo=bar&code=[\w-]{43}&session_state=[^&]+&state=a\+state&iss=/);
});

test.for([
  ["oidcc-redirect-uri-query-mismatch", `${redirectUri}?foo=bar`, `${redirectUri}?foo=baz`],
  ["oidcc-redirect-uri-query-added", redirectUri, `${redirectUri}?foo=bar`],
])("%s: a page, and no redirect", async ([, registered, redirect_uri = ""], { user }) => {
  const application = await createClient({ redirect_uris: [registered] });
  expectErrorPage(await (await signIn(user)).get(authorizePath(authorizationOf(application, { redirect_uri }))));
});

test("oidcc-request-uri-unsigned: not offered, and refused", async ({ user }) => {
  const application = await createClient({ jwks, request_uris: [site.url("/unsigned.jwt")] });
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const object = `${encode({ alg: "none" })}.${encode(authorizationOf(application, { scope: "openid" }))}.`;
  const request_uri = site.publish("/unsigned.jwt", Buffer.from(object), "application/jwt");
  const location = await (await signIn(user)).authorize(authorizationOf(application, { scope: "openid", request_uri }));
  expect(location.searchParams.get("error")).toBe("invalid_request_object");
});

test("oidcc-request-uri-signed-rs256: the published content counts, with the version in the fragment", async ({
  user,
}) => {
  const application = await createClient({
    jwks,
    request_object_signing_alg: "RS256",
    request_uris: [`${site.url("/signed.jwt")}#v1`],
  });
  const object = await signRequest(application);
  const address = site.publish("/signed.jwt", Buffer.from(object), "application/oauth-authz-req+jwt");
  for (const request_uri of [`${address}#v1`, address]) {
    const outside = { client_id: application.clientId, response_type: "code", scope: "openid", request_uri };
    const location = await (await signIn(user)).authorize(outside);
    expect(location.href.split("?")[0]).toBe(redirectUri);
    expect(location.searchParams.get("state")).toBe("inside");
    const code = location.searchParams.get("code") ?? "";
    const tokens = await requestToken(exchangeOf(application, code), { base: servers.tokenBase });
    const [, payload = ""] = String(tokens.body.id_token).split(".");
    expect(parseJson(Buffer.from(payload, "base64url").toString()).nonce).toBe("inside");
  }
  expect(site.count("/signed.jwt")).toBe(1);
});

test("attack: 40 anonymous requests make the server call a request_uri once", async () => {
  const application = await createClient({ jwks, request_uris: [site.url("/flooded.jwt")] });
  const request_uri = site.publish("/flooded.jwt", Buffer.from(await signRequest(application)), "application/jwt");
  const query = new URLSearchParams({ client_id: application.clientId, request_uri });
  const ask = () => fetch(`${servers.tokenBase}/o/authorize?${query}`, { redirect: "manual" });
  const answers = await Promise.all(Array.from({ length: 40 }, ask));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  expect(site.count("/flooded.jwt")).toBe(1);
});

test("OpenID Connect Core §6.2: an unregistered address is not fetched", async ({ user }) => {
  const application = await createClient({ jwks, request_uris: [site.url("/registered.jwt")] });
  const request_uri = site.publish("/foreign.jwt", Buffer.from(await signRequest(application)), "application/jwt");
  const location = await (await signIn(user)).authorize(authorizationOf(application, { scope: "openid", request_uri }));
  expect(location.searchParams.get("error")).toBe("invalid_request_uri");
  expect(site.count("/foreign.jwt")).toBe(0);
});

test("oidcc-ensure-request-object-with-redirect-uri: the address inside counts, not the wrong one beside it", async ({
  user,
}) => {
  const application = await createClient({ jwks });
  const request = await signRequest(application);
  noteSecret(request);
  const beside = authorizationOf(application, { scope: "openid", redirect_uri: "https://evil.example.test/", request });
  const location = await (await signIn(user)).authorize(beside);
  expect(location.href.split("?")[0]).toBe(redirectUri);
  expect(location.searchParams.get("state")).toBe("inside");
  expect(location.searchParams.get("code")).toMatch(/^[\w-]{43}$/);
});

test("prompt=none: a client without an administrator's approval is answered in the session that has allowed it, and in no other", async ({
  user,
}) => {
  const application = await createClient({ grant_types: ["authorization_code", "refresh_token"] });
  const browser = await signIn(user);
  const ask = (prompt: string) => authorizationOf(application, { scope: "openid", prompt });
  const silently = async (at: BrowserClient) => (await at.authorize(ask("none"))).searchParams;
  expect((await silently(browser)).get("error")).toBe("consent_required");
  const code = await browser.obtainCode(ask("consent"));
  expect((await silently(browser)).get("error")).toBe("consent_required");
  await requestToken(exchangeOf(application, code), { base: servers.tokenBase });
  expect((await silently(browser)).get("code")).toMatch(/^[\w-]{43}$/);
  expect((await silently(await signIn(user))).get("error")).toBe("consent_required");
});

test("no server prints a secret or a token", () => {
  expect(servers.findPrintedSecrets()).toEqual([]);
});
