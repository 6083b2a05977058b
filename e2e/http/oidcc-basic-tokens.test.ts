import { createHash } from "node:crypto";
import { decodeProtectedHeader } from "jose";
import { describe, expect } from "vitest";
import { digest } from "@/lib/oauth/wire/digest";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import { postForm, send } from "../support/http";
import { bearer, RelyingParty, readClaims, readUserinfo, responseModes } from "../support/openid";
import type { Portal } from "../support/portal";
import { metadata } from "../support/server-metadata";
import { basicAuthorization, createPkcePair, exchangeOf, refreshOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** The modules of the certification profiles Basic and Form Post that end with tokens. */

/** Every claim about a user. */
const person = {
  name: "Zoë Example",
  givenName: "Zoë",
  familyName: "Example",
  middleName: "Q.",
  nickname: "zoe",
  profileUrl: "https://example.test/zoe",
  pictureUrl: "https://example.test/zoe.png",
  websiteUrl: "https://zoe.example.test/",
  gender: "female",
  birthdate: "1990-02-28",
  zoneinfo: "Europe/Berlin",
  locale: "de-DE",
  phoneNumber: "+49301234567",
  streetAddress: "Hauptstr. 1",
  locality: "Berlin",
  region: "BE",
  postalCode: "10115",
  country: "Germany",
};

const claimsOf = {
  profile:
    "name family_name given_name middle_name nickname preferred_username profile picture website gender birthdate zoneinfo locale updated_at".split(
      " ",
    ),
  email: ["email", "email_verified"],
  address: ["address"],
  phone: ["phone_number", "phone_number_verified"],
} as const;

/** OpenID Connect Core §5.1. */
const types: Record<string, string> = {
  updated_at: "number",
  email_verified: "boolean",
  phone_number_verified: "boolean",
  address: "object",
};

describe.for(responseModes)("response_mode=%s", (mode) => {
  const party = (portal: Portal, overrides = {}) => RelyingParty.create(portal, mode, overrides);

  test("cases 106 and 107, oidcc-server: code, ID token, userinfo, all for one user; each with its own nonce", async ({
    portal,
  }) => {
    const rp = await party(portal);
    const { claims, accessToken } = await rp.signIn({ nonce: "one" });
    const { clientId } = rp.application;
    expect(claims).toMatchObject({
      sub: rp.user.id,
      aud: clientId,
      azp: clientId,
      nonce: "one",
      acr: "1",
      amr: ["pwd"],
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(3600);
    expect(Number(claims.auth_time)).toBeLessThanOrEqual(Number(claims.iat));
    const hash = createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");
    expect(claims.at_hash).toBe(hash);
    expect(await readUserinfo(accessToken)).toEqual({ sub: claims.sub });
    const again = await rp.signIn({ nonce: "two" });
    expect(again.claims).toMatchObject({ sub: claims.sub, nonce: "two", auth_time: claims.auth_time });
    // The suite warns about claims that weren't requested.
    for (const idToken of [claims, again.claims]) expect(idToken).not.toHaveProperty("sid");
    expect(again.accessToken).not.toBe(accessToken);
  });

  test("oidcc-server-client-secret-post, and HTTP Basic: each completes", async ({ portal }) => {
    const rp = await party(portal);
    await rp.signIn();
    const code = (await rp.authorize()).get("code") ?? "";
    const { clientId, clientSecret, redirectUri } = rp.application;
    const fields = { grant_type: "authorization_code", code, redirect_uri: redirectUri };
    const headers = { Authorization: basicAuthorization(clientId, clientSecret) };
    expect((await requestToken(fields, { headers })).body).toHaveProperty("id_token");
  });

  test("case 105, oidcc-idtoken-signature, oidcc-idtoken-rs256: RS256 by default, with a published key", async ({
    portal,
  }) => {
    const { idToken } = await (await party(portal)).signIn();
    expect(decodeProtectedHeader(idToken)).toEqual({ alg: "RS256", kid: expect.any(String), typ: "JWT" });
  });

  test("oidcc-idtoken-unsigned: not offered, and never issued", async ({ portal }) => {
    expect(metadata.id_token_signing_alg_values_supported).not.toContain("none");
    await expect(portal.createApplication({ idTokenSignedResponseAlg: "none" as "RS256" })).rejects.toThrow();
  });

  test.for(["RS256", "PS256", "ES256", "EdDSA"] as const)(
    "the application's algorithm: %s",
    async (alg, { portal }) => {
      const { idToken } = await (await party(portal, { idTokenSignedResponseAlg: alg })).signIn();
      expect(decodeProtectedHeader(idToken).alg).toBe(alg);
    },
  );

  test("oidcc-userinfo-get, oidcc-userinfo-post-header, oidcc-userinfo-post-body: the same at both servers", async ({
    portal,
  }) => {
    const rp = await party(portal);
    const { accessToken } = await rp.signIn();
    for (const base of [baseUrl, secondBaseUrl]) {
      for (const answer of [
        await send("GET", "/o/userinfo", { base, ...bearer(accessToken) }),
        await send("POST", "/o/userinfo", { base, ...bearer(accessToken) }),
        await postForm("/o/userinfo", { access_token: accessToken }, { base }),
      ]) {
        expect(readClaims(answer)).toEqual({ sub: rp.user.id });
      }
    }
  });

  test("oidcc-ensure-request-without-nonce-succeeds-for-code-flow: and no nonce is invented", async ({ portal }) => {
    expect((await (await party(portal)).signIn()).claims).not.toHaveProperty("nonce");
  });

  test.for([
    ["oidcc-scope-profile", ["profile"]],
    ["oidcc-scope-email", ["email"]],
    ["oidcc-scope-address", ["address"]],
    ["oidcc-scope-phone", ["phone"]],
    ["oidcc-scope-all", ["address", "email", "phone", "profile"]],
  ] as const)("%s: these claims, all of them, typed right, by userinfo alone", async ([, scopes], { portal }) => {
    const rp = await party(portal);
    await portal.database.user.update({ where: { id: rp.user.id }, data: person, select: { id: true } });
    const { accessToken, claims } = await rp.signIn({ scope: ["openid", ...scopes].join(" ") });
    const { sub, ...told } = await readUserinfo(accessToken);
    expect(sub).toBe(claims.sub);
    expect(Object.keys(told).toSorted()).toEqual(scopes.flatMap((scope) => [...claimsOf[scope]]).toSorted());
    for (const [name, value] of Object.entries(told)) expect(typeof value, name).toBe(types[name] ?? "string");
    for (const name of Object.keys(told)) expect(claims).not.toHaveProperty(name);
  });

  test("oidcc-alternate-happy-flow: scopes and parameters in any order", async ({ portal }) => {
    const rp = await party(portal);
    const turned = Object.fromEntries(Object.entries(rp.request({ scope: "phone email openid" })).toReversed());
    const location = await rp.browser.authorize(turned, { user: rp.user });
    const { accessToken } = await rp.exchange(location.searchParams.get("code") ?? "");
    expect(await readUserinfo(accessToken)).toMatchObject({ sub: rp.user.id, email: rp.user.email });
  });

  test("oidcc-ensure-request-with-acr-values-succeeds: and the acr is one of them", async ({ portal }) => {
    const offered = (metadata.acr_values_supported as string[]).join(" ");
    expect(offered.split(" ")).toContain((await (await party(portal)).signIn({ acr_values: offered })).claims.acr);
  });

  test("oidcc-claims-essential: name at userinfo; in the ID token if requested there", async ({ portal }) => {
    const rp = await party(portal);
    await portal.database.user.update({ where: { id: rp.user.id }, data: person, select: { id: true } });
    const wanted = { userinfo: { name: { essential: true } }, id_token: { nickname: null } };
    const { accessToken, claims } = await rp.signIn({ claims: JSON.stringify(wanted) });
    expect(await readUserinfo(accessToken)).toEqual({ sub: rp.user.id, name: person.name });
    expect(claims).toMatchObject({ nickname: person.nickname });
    expect(claims).not.toHaveProperty("name");
  });

  test.for([
    ["oidcc-codereuse", 0],
    ["oidcc-codereuse-30seconds", 30_000],
  ] as const)("%s: the second use is refused and ends what the first one gave", async ([, age], { portal }) => {
    const rp = await party(portal);
    const code = (await rp.authorize()).get("code") ?? "";
    const { accessToken } = await rp.exchange(code);
    const codeHash = digest(code);
    const row = await portal.database.authorizationCode.findUniqueOrThrow({ where: { codeHash } });
    const older = (at: Date | null) => at && new Date(at.getTime() - age);
    await portal.database.authorizationCode.update({
      where: { codeHash },
      data: {
        createdAt: older(row.createdAt) ?? row.createdAt,
        expiresAt: older(row.expiresAt) ?? row.expiresAt,
        consumedAt: older(row.consumedAt),
      },
    });
    expectOAuthError(await requestToken(exchangeOf(rp.application, code)), 400, "invalid_grant");
    expect((await send("GET", "/o/userinfo", bearer(accessToken))).status).toBe(401);
  });

  test("oidcc-refresh-token: the same sign-in again, for its own client only", async ({ portal }) => {
    const [rp, other] = [await party(portal), await portal.createApplication()];
    const first = await rp.signIn({ scope: "openid offline_access", nonce: "a nonce", prompt: "consent" });
    const answer = await requestToken(refreshOf(rp.application, first.refreshToken));
    expect(answer.status).toBe(200);
    const again = (await rp.readIdToken(answer)).claims;
    const { iss, sub, aud, auth_time, azp } = first.claims;
    expect(again).toMatchObject({ iss, sub, aud, auth_time, azp });
    expect(again).not.toHaveProperty("nonce");
    expect(again.at_hash).not.toBe(first.claims.at_hash);
    expect(await readUserinfo(answer.accessToken)).toEqual({ sub });
    const stolen = await requestToken(refreshOf(other, answer.refreshToken));
    expectOAuthError(stolen, 400, "invalid_grant");
  });

  test("oidcc-ensure-request-with-valid-pkce-succeeds: with its verifier, and with no other", async ({ portal }) => {
    const rp = await party(portal);
    const { verifier, challenge } = createPkcePair();
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    const code = (await rp.authorize(pkce)).get("code") ?? "";
    expect((await rp.exchange(code, { code_verifier: verifier })).claims.sub).toBe(rp.user.id);
    const second = (await rp.authorize(pkce)).get("code") ?? "";
    const wrong = exchangeOf(rp.application, second, { code_verifier: createPkcePair().verifier });
    expectOAuthError(await requestToken(wrong), 400, "invalid_grant");
  });
});
