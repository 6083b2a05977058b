import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from "jose";
import { expect } from "vitest";
import { BrowserClient, findForm } from "../support/browser-client";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectErrorPage, expectOAuthError } from "../support/expectations";
import { type HtmlForm, readForms, readText } from "../support/html";
import { type Answer, send } from "../support/http";
import { askSilently, createRelyingParty, isSignedIn, locationOf, logoutPath, signInTo } from "../support/logout";
import { authorizationOf, exchangeOf, getResource, refreshOf, requestToken } from "../support/token-client";
import { test as base } from "../support/vitest";

/** Each test signs out, so each needs its own browser. */
const test = base.extend<{ guest: BrowserClient }>({
  guest: async ({ user }, use) => {
    const browser = new BrowserClient();
    await browser.signIn(user);
    await use(browser);
  },
});

/** The confirmation page, in plain HTML; nothing has happened yet. */
async function openConfirmation(page: Answer, guest: BrowserClient): Promise<HtmlForm> {
  expectPlainPage(page, "Sign out?");
  expect(await isSignedIn(guest)).toBe(true);
  const form = findForm(page, "/o/logout/submit");
  if (!form) throw new Error("There is no form to confirm with.");
  return form;
}

/** RP-Initiated Logout §2: without a redirect, the OP shows a confirmation, in any browser. */
async function expectLoggedOutPage(answer: Answer, guest: BrowserClient): Promise<void> {
  expect(locationOf(answer)).toBe("/o/logged-out");
  const page = await guest.get("/o/logged-out");
  expectPlainPage(page, "You are signed out");
  expect(page.headers.refresh).toBeUndefined();
  expect(await isSignedIn(guest)).toBe(false);
}

function expectPlainPage(page: Answer, heading: string): void {
  expect(page.status).toBe(200);
  expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(page.headers["cache-control"]).toBe("no-store");
  expect(page.text).toContain(`<h1>${heading}</h1>`);
  expect(page.text).not.toMatch(/<script|\bon[a-z]+=/);
}

test("case 110, oidcc-rp-initiated-logout: with hint, address and state, back immediately, and nobody is signed in", async ({
  portal,
  guest,
}) => {
  const party = await createRelyingParty(portal);
  const { idToken, refreshToken, accessToken } = await signInTo(guest, party, "openid read");
  const code = await guest.obtainCode(authorizationOf(party, { scope: "openid" }));
  expect((await getResource(accessToken)).status).toBe(200);
  const parameters = { id_token_hint: idToken, post_logout_redirect_uri: party.postLogoutRedirectUri, state: "a b&c" };
  const answer = await guest.get(logoutPath(parameters));
  expect(locationOf(answer)).toBe(`${party.postLogoutRedirectUri}?state=a+b%26c`);
  expect(await isSignedIn(guest)).toBe(false);
  expect(await askSilently(guest, party)).toBe("login_required");
  expectOAuthError(await requestToken(refreshOf(party, refreshToken)), 400, "invalid_grant");
  expectOAuthError(await requestToken(exchangeOf(party, code)), 400, "invalid_grant");
  expect((await getResource(accessToken)).status).toBe(401);
});

test("sessions on the user's other devices, and what was granted with offline_access, continue", async ({
  portal,
  guest,
  person,
}) => {
  const party = await createRelyingParty(portal);
  const elsewhere = await signInTo(person, party, "openid read");
  const offline = await signInTo(guest, party, "openid offline_access read");
  const plain = await signInTo(guest, party, "read");
  const { idToken } = await signInTo(guest, party);
  await guest.get(logoutPath({ id_token_hint: idToken }));
  expect(await isSignedIn(guest)).toBe(false);
  expect(await isSignedIn(person)).toBe(true);
  for (const { refreshToken, accessToken } of [elsewhere, offline, plain]) {
    expect((await getResource(accessToken)).status).toBe(200);
    expect((await requestToken(refreshOf(party, refreshToken))).status).toBe(200);
  }
});

test("oidcc-rp-initiated-logout-no-state: back without one", async ({ portal, guest }) => {
  const party = await createRelyingParty(portal);
  const { idToken } = await signInTo(guest, party);
  const answer = await guest.get(
    logoutPath({ id_token_hint: idToken, post_logout_redirect_uri: party.postLogoutRedirectUri }),
  );
  expect(locationOf(answer)).toBe(party.postLogoutRedirectUri);
  expect(await askSilently(guest, party)).toBe("login_required");
});

test("oidcc-rp-initiated-logout-no-post-logout-redirect-uri: a page confirms it", async ({ portal, guest }) => {
  const party = await createRelyingParty(portal);
  const { idToken } = await signInTo(guest, party);
  await expectLoggedOutPage(await guest.get(logoutPath({ id_token_hint: idToken })), guest);
  expect(await askSilently(guest, party)).toBe("login_required");
});

test.for([
  ["oidcc-rp-initiated-logout-no-params", {}],
  ["oidcc-rp-initiated-logout-only-state", { state: "a state" }],
  ["oidcc-rp-initiated-logout-no-id-token-hint", { state: "a state", post_logout_redirect_uri: "the registered one" }],
] as const)("%s: asks, signs out when confirmed, and leads nowhere else", async ([, parameters], { portal, guest }) => {
  const party = await createRelyingParty(portal);
  await signInTo(guest, party);
  const sent = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      value === "the registered one" ? party.postLogoutRedirectUri : value,
    ]),
  );
  const form = await openConfirmation(await guest.get(logoutPath(sent)), guest);
  await expectLoggedOutPage(await guest.submit(form, {}), guest);
  expect(await askSilently(guest, party)).toBe("login_required");
});

/** Signed by the test itself, with the name of the server's key. */
async function signByAnother(token: string): Promise<string> {
  const { privateKey } = await generateKeyPair("RS256");
  const { kid = "" } = decodeProtectedHeader(token);
  return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: "RS256", typ: "JWT", kid }).sign(privateKey);
}

/** Without a signature, as its header says. */
async function removeSignature(token: string): Promise<string> {
  const [, payload] = token.split(".");
  return `${Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url")}.${payload}.`;
}

/** About another user, with the original signature. */
async function changeSubject(token: string): Promise<string> {
  const [header, , signature] = token.split(".");
  const changed = { ...decodeJwt(token), sub: crypto.randomUUID() };
  return `${header}.${Buffer.from(JSON.stringify(changed)).toString("base64url")}.${signature}`;
}

test.for([
  ["oidcc-rp-initiated-logout-bad-id-token-hint: signed by the test suite", signByAnother],
  ["oidcc-rp-initiated-logout-modified-id-token-hint: changed to alg none", removeSignature],
  ["oidcc-rp-initiated-logout-modified-id-token-hint: changed in its payload", changeSubject],
] as const)("%s: a page, no redirect, nothing ended", async ([, change], { portal, guest }) => {
  const party = await createRelyingParty(portal);
  const { idToken } = await signInTo(guest, party);
  const parameters = {
    id_token_hint: await change(idToken),
    post_logout_redirect_uri: party.postLogoutRedirectUri,
    state: "a state",
  };
  // Not even if nobody is signed in.
  for (const browser of [guest, new BrowserClient()]) {
    const answer = await browser.get(logoutPath(parameters));
    expectErrorPage(answer);
    expect(answer.text).not.toContain(party.postLogoutRedirectUri);
  }
  expect(await isSignedIn(guest)).toBe(true);
});

test.for([
  ["case 111, oidcc-rp-initiated-logout-bad-post-logout-redirect-uri", () => "https://evil.example.test/bye"],
  ["oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri", (uri: string) => `${uri}?foo=bar`],
] as const)("%s: a page, no redirect", async ([, change], { portal, guest }) => {
  const party = await createRelyingParty(portal);
  const { idToken } = await signInTo(guest, party);
  const uri = change(party.postLogoutRedirectUri);
  const parameters = { id_token_hint: idToken, post_logout_redirect_uri: uri, state: "a state" };
  for (const browser of [guest, new BrowserClient()]) {
    const answer = await browser.get(logoutPath(parameters));
    expectErrorPage(answer);
    expect(answer.text).not.toContain(uri);
  }
  expect(await isSignedIn(guest)).toBe(true);
});

test("client_id in place of a hint: asks with the application's name, then redirects back", async ({
  portal,
  guest,
}) => {
  const party = await createRelyingParty(portal);
  const parameters = { client_id: party.clientId, post_logout_redirect_uri: party.postLogoutRedirectUri, state: "s" };
  const page = await guest.get(logoutPath(parameters));
  expect(readText(page.text)).toContain(party.name);
  const form = await openConfirmation(page, guest);
  // The form's values are checked again.
  expectStatus(await guest.submit(form, { post_logout_redirect_uri: "https://evil.example.test/" }), 400);
  expectStatus(await guest.submit(form, { csrf: "guessed" }), 403);
  expect(locationOf(await guest.submit(form, {}))).toBe(`${party.postLogoutRedirectUri}?state=s`);
  // If nobody is signed in, a link that anyone could have created redirects nowhere by itself.
  expect(locationOf(await guest.get(logoutPath(parameters)))).toBe("/o/logged-out");
});

test("case 112: a hint from another session asks; from a user who isn't signed in here redirects back", async ({
  portal,
  guest,
  person,
}) => {
  const party = await createRelyingParty(portal);
  const { idToken } = await signInTo(person, party);
  const parameters = { id_token_hint: idToken, post_logout_redirect_uri: party.postLogoutRedirectUri };
  await openConfirmation(await guest.get(logoutPath(parameters)), guest);
  expect(locationOf(await new BrowserClient().get(logoutPath(parameters)))).toBe(party.postLogoutRedirectUri);
  expect(await isSignedIn(person)).toBe(true);
});

test("RP-Initiated Logout §2: by POST; a cross-site one, which carries no cookie, is posted again by our own page", async ({
  portal,
  guest,
}) => {
  const party = await createRelyingParty(portal);
  const { idToken } = await signInTo(guest, party);
  const fields = {
    id_token_hint: idToken,
    post_logout_redirect_uri: party.postLogoutRedirectUri,
    state: "s",
    ui_locales: "x".repeat(40_000),
  };
  const crossSite = await guest.post("/o/logout", fields, {
    Origin: "https://app.example.test",
    "Sec-Fetch-Site": "cross-site",
    Cookie: undefined,
  });
  expectStatus(crossSite, 200);
  expect(crossSite.headers["set-cookie"]).toBeUndefined();
  const [form] = readForms(crossSite.text);
  expect(form).toMatchObject({ action: "/o/logout", fields });
  expect(locationOf(await guest.post("/o/logout/", form?.fields ?? {}))).toBe(`${party.postLogoutRedirectUri}?state=s`);
  expect(await isSignedIn(guest)).toBe(false);
});

test("a session that began at one server ends at the other", async ({ portal, guest }) => {
  const party = await createRelyingParty(portal);
  const { idToken } = await signInTo(guest, party);
  const other = new BrowserClient({ base: secondBaseUrl, origin: baseUrl });
  other.copyCookies(guest);
  expect(locationOf(await other.get(logoutPath({ id_token_hint: idToken })))).toBe("/o/logged-out");
  expect(await isSignedIn(guest)).toBe(false);
});

test("reauthentication keeps the session that applications know", async ({ portal, guest, user }) => {
  const party = await createRelyingParty(portal);
  const { refreshToken, idToken } = await signInTo(guest, party);
  await guest.authorize(authorizationOf(party, { scope: "openid", prompt: "login" }), { user });
  expect((await requestToken(refreshOf(party, refreshToken))).status).toBe(200);
  expect(locationOf(await guest.get(logoutPath({ id_token_hint: idToken })))).toBe("/o/logged-out");
});

test("RFC 9110 §9.3.2: HEAD answers like GET and ends nothing", async ({ portal, guest }) => {
  const party = await createRelyingParty(portal);
  const { idToken } = await signInTo(guest, party);
  const parameters = { id_token_hint: idToken, post_logout_redirect_uri: party.postLogoutRedirectUri };
  const cookie = [...guest.jar].map(([name, { value }]) => `${name}=${value}`).join("; ");
  const head = await send("HEAD", logoutPath(parameters), { headers: { Cookie: cookie } });
  expect(locationOf(head)).toBe(party.postLogoutRedirectUri);
  expect(head.headers["set-cookie"]).toBeUndefined();
  expect(await isSignedIn(guest)).toBe(true);
});

test("a prefetch ends nothing", async ({ portal, guest }) => {
  const party = await createRelyingParty(portal);
  const { idToken } = await signInTo(guest, party);
  expectStatus(await guest.get(logoutPath({ id_token_hint: idToken }), { "Sec-Purpose": "prefetch" }), 400);
  expect(await isSignedIn(guest)).toBe(true);
});

function expectStatus(answer: { status: number }, status: number): void {
  expect(answer.status).toBe(status);
}
