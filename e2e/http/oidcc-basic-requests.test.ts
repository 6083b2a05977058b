import { describe, expect } from "vitest";
import { authorizePath, findForm } from "../support/browser-client";
import { expectErrorPage } from "../support/expectations";
import { readForms, readText } from "../support/html";
import { RelyingParty, responseModes } from "../support/openid";
import type { Portal } from "../support/portal";
import { metadata, readList } from "../support/server-metadata";
import { test } from "../support/vitest";

/** The modules of the certification profiles Basic and Form Post about requests to the authorization endpoint. */

const loginPath = /^\/login\?authorization_request=[A-Za-z0-9_-]{43}$/;

/** As if the user had signed in a while ago. */
async function ageSessions(portal: Portal, userId: string, seconds: number): Promise<void> {
  const authenticatedAt = new Date(Date.now() - seconds * 1000);
  await portal.database.session.updateMany({ where: { userId }, data: { authenticatedAt } });
}

describe.for(responseModes)("response_mode=%s", (mode) => {
  const party = (portal: Portal, overrides = {}) => RelyingParty.create(portal, mode, overrides);

  test("oidcc-response-type-missing: an error for the client", async ({ portal }) => {
    const rp = await party(portal);
    const { response_type: _missing, ...request } = rp.request();
    const { searchParams } = await rp.browser.authorize(request);
    expect(searchParams.get("error")).toBe("invalid_request");
    expect(searchParams.get("state")).toBe("a state");
  });

  test.for([
    ["oidcc-display-page", { display: "page" }],
    ["oidcc-display-popup", { display: "popup" }],
    ["oidcc-ui-locales", { ui_locales: "se" }],
    ["oidcc-claims-locales", { claims_locales: "se" }],
    ["oidcc-ensure-request-with-unknown-parameter-succeeds", { extra: "foobar" }],
  ] as [string, Record<string, string>][])("%s: the sign-in completes", async ([, wish], { portal }) => {
    const rp = await party(portal);
    expect((await rp.signIn(wish)).claims.sub).toBe(rp.user.id);
  });

  test("oidcc-login-hint: a plain form, with the hint in the first field", async ({ portal }) => {
    const rp = await party(portal);
    const { headers } = await rp.browser.get(authorizePath(rp.request({ login_hint: rp.user.email })));
    expect(headers.location).toMatch(loginPath);
    const page = await rp.browser.get(headers.location ?? "");
    expect(findForm(page, "/login/submit")).toMatchObject({ method: "post", fields: { identifier: rp.user.email } });
    expect((await rp.signIn({ login_hint: rp.user.email })).claims.sub).toBe(rp.user.id);
  });

  test("oidcc-prompt-login: signs in again, later than before", async ({ portal }) => {
    const rp = await party(portal);
    await rp.signIn();
    await ageSessions(portal, rp.user.id, 60);
    const first = await rp.signIn();
    const asked = await rp.browser.get(authorizePath(rp.request({ prompt: "login" })));
    expect(asked.headers.location).toMatch(loginPath);
    const second = await rp.signIn({ prompt: "login" });
    expect(second.claims.sub).toBe(first.claims.sub);
    expect(Number(second.claims.auth_time)).toBeGreaterThan(Number(first.claims.auth_time));
  });

  test("oidcc-prompt-none-not-logged-in: login_required, and no page", async ({ portal }) => {
    const rp = await party(portal);
    const answer = await rp.browser.get(authorizePath(rp.request({ prompt: "none" })));
    expect(readForms(answer.text).filter(({ action }) => action.startsWith("/"))).toEqual([]);
    const error = await rp.authorize({ prompt: "none" });
    expect([error.get("error"), error.get("state"), error.get("iss")]).toEqual([
      "login_required",
      "a state",
      metadata.issuer,
    ]);
  });

  test("oidcc-prompt-none-logged-in: the same sign-in, without a page", async ({ portal }) => {
    const rp = await party(portal);
    const first = await rp.signIn();
    const second = await rp.signIn({ prompt: "none" });
    expect(second.claims).toMatchObject({ sub: first.claims.sub, auth_time: first.claims.auth_time });
  });

  test("oidcc-max-age-1: asked again once a second has passed; auth_time shows it", async ({ portal }) => {
    const rp = await party(portal);
    await rp.signIn();
    await ageSessions(portal, rp.user.id, 2);
    const first = await rp.signIn();
    const asked = await rp.browser.get(authorizePath(rp.request({ max_age: "1" })));
    expect(asked.headers.location).toMatch(loginPath);
    const second = await rp.signIn({ max_age: "1" });
    expect(Number(second.claims.auth_time)).toBeGreaterThan(Number(first.claims.auth_time));
  });

  test("oidcc-max-age-10000: no sign-in, and auth_time stays", async ({ portal }) => {
    const rp = await party(portal);
    const first = await rp.signIn({ max_age: "15000" });
    await ageSessions(portal, rp.user.id, 9000);
    const second = await rp.signIn({ max_age: "10000", prompt: "none" });
    expect(second.claims.sub).toBe(first.claims.sub);
    expect(Number(first.claims.auth_time) - Number(second.claims.auth_time)).toBeGreaterThan(8990);
  });

  test("oidcc-id-token-hint: the same user silently, never another", async ({ portal }) => {
    const rp = await party(portal);
    const { idToken, claims } = await rp.signIn();
    const again = await rp.signIn({ prompt: "none", id_token_hint: idToken });
    expect(again.claims).toMatchObject({ sub: claims.sub, auth_time: claims.auth_time });
    const other = await party(portal);
    await other.browser.signIn(other.user);
    const foreign = rp.request({ prompt: "none", id_token_hint: idToken });
    const ask = async () => (await other.browser.authorize(foreign)).searchParams.get("error");
    // Before any consent it isn't revealed who is signed in.
    expect(await ask()).toBe("consent_required");
    await other.browser.obtainCode(rp.request());
    expect(await ask()).toBe("login_required");
  });

  test("oidcc-ensure-registered-redirect-uri: a page, and no redirect", async ({ portal }) => {
    const rp = await party(portal);
    const unregistered = { redirect_uri: `${rp.application.redirectUri}/other` };
    const answer = await rp.browser.get(authorizePath(rp.request(unregistered)));
    expectErrorPage(answer);
    expect(readText(answer.text)).toMatch(/has not registered/);
  });

  test("oidcc-ensure-post-request-succeeds: a POST request completes like a GET", async ({ portal }) => {
    const rp = await party(portal);
    await rp.browser.signIn(rp.user);
    const fields = rp.request();
    const answer = await rp.browser.post("/o/authorize/", fields, { Origin: "https://app.example.test" });
    expect(answer.status).toBe(303);
    const page = await rp.browser.get(answer.headers.location ?? "");
    const consent = findForm(page, "/consent/submit");
    expect(consent?.method).toBe("post");
    const decided = consent && (await rp.browser.submit(consent, { decision: "allow" }));
    const ended = await rp.browser.get(decided?.headers.location ?? "");
    const code =
      mode === "query"
        ? new URL(ended.headers.location ?? "").searchParams.get("code")
        : readForms(ended.text)[0]?.fields.code;
    expect((await rp.exchange(code ?? "")).claims.sub).toBe(rp.user.id);
  });

  test("oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported, oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported: not offered, and refused", async ({
    portal,
  }) => {
    expect(readList("request_object_signing_alg_values_supported")).not.toContain("none");
    const rp = await party(portal, { requestUris: ["https://app.example.test/request.jwt"] });
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const request = `${encode({ alg: "none" })}.${encode({ ...rp.request(), nonce: "inside" })}.`;
    expect((await rp.authorize({ request })).get("error")).toBe("invalid_request_object");
    const unregistered = { request_uri: "https://app.example.test/other.jwt" };
    expect((await rp.authorize(unregistered)).get("error")).toBe("invalid_request_uri");
  });
});
