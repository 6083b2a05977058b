import { createHmac, createPublicKey } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from "jose";
import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { expectErrorPage, expectOAuthError } from "../support/expectations";
import { send } from "../support/http";
import { introspect } from "../support/introspection-client";
import { bearer, RelyingParty } from "../support/openid";
import { authorizationOf, exchangeOf, getResource, parseJson, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** RFC 8725: what a forged or misused JWT achieves wherever this server accepts one of its own. */

const encode = (value: object | string) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

async function readKeys(): Promise<JWK[]> {
  const { keys } = parseJson((await send("GET", "/o/.well-known/jwks.json")).text);
  return keys as JWK[];
}

/** Hints with the claims of the real one that this server hasn't signed. */
async function forge(idToken: string): Promise<Record<string, string>> {
  const [, payload = "", signature = ""] = idToken.split(".");
  const claims = parseJson(Buffer.from(payload, "base64url").toString());
  const key = (await readKeys()).find(({ alg }) => alg === "RS256") ?? {};
  const pem = createPublicKey({ key, format: "jwk" }).export({ type: "spki", format: "pem" }).toString();
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const sign = (header: Partial<JWTHeaderParameters>) =>
    new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "JWT", ...header }).sign(privateKey);
  const bySecret = (secret: string) => {
    const signed = `${encode({ alg: "HS256", typ: "JWT", kid: key.kid })}.${payload}`;
    return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
  };
  return {
    "alg none": `${encode({ alg: "none", typ: "JWT" })}.${payload}.`,
    "alg none, with the signature": `${encode({ alg: "None", typ: "JWT" })}.${payload}.${signature}`,
    "HS256 by the public key as PEM": bySecret(pem),
    "HS256 by the public key as JWK": bySecret(JSON.stringify(key)),
    "HS256 by nothing": bySecret(""),
    "a foreign key under our kid": await sign({ kid: key.kid }),
    "a foreign key in jwk": await sign({ jwk: await exportJWK(publicKey) }),
    "a foreign key at jku": await sign({ jku: "https://evil.example.test/jwks.json", kid: key.kid }),
    "a foreign key at x5u": await sign({ x5u: "https://evil.example.test/cert.pem" }),
    "a kid that is a path": await sign({ kid: "../../../../dev/null" }),
    "a kid that is a statement": await sign({ kid: "' OR '1'='1" }),
    "another algorithm in the header": `${encode({ alg: "ES256", typ: "JWT", kid: key.kid })}.${payload}.${signature}`,
    "another person": `${idToken.split(".")[0]}.${encode({ ...claims, sub: crypto.randomUUID() })}.${signature}`,
    "no signature": idToken.slice(0, idToken.lastIndexOf(".") + 1),
    "five parts": `${idToken}.x.y`,
  };
}

test("id_token_hint at the authorization endpoint: a forged one is an error for the client, and signs nobody in", async ({
  portal,
}) => {
  const rp = await RelyingParty.create(portal, "query", { skipConsent: true });
  const { idToken } = await rp.signIn();
  for (const [name, id_token_hint] of Object.entries(await forge(idToken))) {
    const answer = await rp.browser.authorize(rp.request({ id_token_hint, prompt: "none" }));
    expect([name, answer.searchParams.get("error")]).toEqual([name, "invalid_request"]);
  }
});

test("id_token_hint at the logout endpoint: a forged one ends nothing and redirects nowhere", async ({ portal }) => {
  const after = "https://app.example.test/signed-out";
  const rp = await RelyingParty.create(portal, "query", { skipConsent: true, postLogoutRedirectUris: [after] });
  const { idToken } = await rp.signIn();
  const end = (id_token_hint: string) =>
    rp.browser.get(`/o/logout?${new URLSearchParams({ id_token_hint, post_logout_redirect_uri: after })}`);
  for (const forged of Object.values(await forge(idToken))) expectErrorPage(await end(forged));
  expect((await rp.authorize({ prompt: "none" })).get("code")).not.toBeNull();
  expect((await end(idToken)).headers.location).toBe(after);
});

test("an ID token is not an access token: not here, not at an API, not at introspection", async ({ portal }) => {
  const rp = await RelyingParty.create(portal, "query");
  const { idToken } = await rp.signIn({ scope: "openid read" });
  expectOAuthError(await send("GET", "/o/userinfo", bearer(idToken)), 401, "invalid_token");
  expect((await getResource(idToken)).status).toBe(401);
  expect(parseJson((await introspect(rp.application, idToken)).text)).toEqual({ active: false });
});

test("a JWT access token is not an ID token: it is no hint at either endpoint", async ({ portal, person }) => {
  const api = await portal.createApi({ tokenFormat: "jwt", scopes: ["read"] });
  const application = await portal.createApplication({ skipConsent: true });
  const resource = { resource: api.identifier };
  const code = await person.obtainCode(authorizationOf(application, { scope: "read", ...resource }));
  const { accessToken } = await requestToken(exchangeOf(application, code, resource));
  const [header = ""] = accessToken.split(".");
  expect(parseJson(Buffer.from(header, "base64url").toString()).typ).toBe("at+jwt");
  const request = authorizationOf(application, { scope: "openid", prompt: "none", id_token_hint: accessToken });
  const answer = await person.get(authorizePath(request));
  expect(new URL(answer.headers.location ?? "").searchParams.get("error")).toBe("invalid_request");
  expectErrorPage(await person.get(`/o/logout?${new URLSearchParams({ id_token_hint: accessToken })}`));
});
