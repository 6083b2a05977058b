import { expect } from "vitest";
import { authorizePath, BrowserClient, findForm } from "../support/browser-client";
import { baseUrl, issuer } from "../support/environment";
import { expectErrorPage, expectErrorRedirect, expectErrorResponse } from "../support/expectations";
import { readText } from "../support/html";
import { authorizationOf, exchangeOf, getResource, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const loginPath = /^\/login\?authorization_request=[A-Za-z0-9_-]{43}$/;
const consentPath = /^\/consent\?authorization_request=[A-Za-z0-9_-]{43}$/;

test("case 43: the page names application, owner, user and scopes, and contains no code", async ({
  portal,
  browser,
}) => {
  const [user, owner] = [await portal.createUser(), await portal.createUser()];
  const application = await portal.createApplication({ owner, name: "<b>web-app</b> & co" });
  await browser.signIn(user);
  const answer = await browser.get(authorizePath(authorizationOf(application)));
  expect(answer.headers.location).toMatch(consentPath);
  const page = await browser.get(answer.headers.location ?? "");
  const text = readText(page.text);
  const expected = [
    "<b>web-app</b> & co",
    owner.username,
    user.username,
    "See your information",
    "Add, change and delete your information",
    new URL(baseUrl).host,
  ];
  for (const words of expected) expect(text).toContain(words);
  expect(page.text).not.toContain("<b>web-app");
  // The page knows only the ID of the request: neither state nor a code can leak from it.
  expect(page.text).not.toContain("a state");
  expect(await portal.countCodes(application)).toBe(0);
  expect(findForm(page, "/consent/submit")?.fields).toHaveProperty("authorization_request");
});

test("a scope is described in the reader's language, here and on the page of authorized applications", async ({
  portal,
  person,
}) => {
  const scope = await portal.createScope({ description: "Tu das" });
  await portal.database.scopeTranslation.create({ data: { scopeName: scope, locale: "en", text: "Do that" } });
  const application = await portal.createApplication();
  const request = authorizationOf(application, { scope });
  const asked = await person.get(authorizePath(request));
  const pages = [await person.get(asked.headers.location ?? "")];
  await person.obtainCode(request);
  pages.push(await person.get("/o/authorized_tokens/"));
  for (const page of pages) {
    expect(readText(page.text)).toContain("Do that");
    expect(readText(page.text)).not.toContain("Tu das");
  }
});

test("case 44: Authorize is a 303 with code, state and iss", async ({ portal, browser }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  const location = await browser.authorize(authorizationOf(application), { user });
  expect(location.href).toMatch(
    new RegExp(`^${application.redirectUri}\\?code=[A-Za-z0-9_-]{43}&state=a\\+state&iss=`),
  );
  expect(location.searchParams.get("iss")).toBe(issuer);
  expect(await portal.countCodes(application)).toBe(1);
});

test("case 45: Cancel is a 303 with access_denied, state and iss; nothing is remembered", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const location = await person.authorize(authorizationOf(application), { decision: "deny" });
  expectErrorResponse(location, application.redirectUri, "access_denied");
  expect(await portal.countCodes(application)).toBe(0);
  expect((await person.get(authorizePath(authorizationOf(application)))).headers.location).toMatch(consentPath);
});

test("cases 47 and 48, attack 18: a form or an address with additions is refused, and the stored request decides", async ({
  portal,
  person,
}) => {
  const tampered = {
    redirect_uri: "https://evil.example.test/",
    scope: "read write admin",
    client_id: "another",
    response_type: "token",
    state: "changed",
  };
  for (const decision of ["allow", "deny"]) {
    const application = await portal.createApplication();
    const start = await person.get(authorizePath(authorizationOf(application, { scope: "read" })));
    const form = await person.openForm(start.headers.location ?? "", "/consent/submit");
    for (const [name, value] of Object.entries(tampered)) {
      const refused = await person.submit(form, { [name]: value, decision });
      expect(refused.status, name).toBe(400);
      expect(refused.headers.location).toBeUndefined();
    }

    const decided = await person.submit(form, { decision });
    const changed = await person.get(`${decided.headers.location}&${new URLSearchParams(tampered)}`);
    expect(changed.status).toBe(400);
    expect(changed.headers.location).toBeUndefined();
    expect(await portal.countCodes(application)).toBe(0);

    const location = new URL((await person.get(decided.headers.location ?? "")).headers.location ?? "");
    expect(location.href.split("?")[0]).toBe(application.redirectUri);
    expect(location.searchParams.get("state")).toBe("a state");
    const code = location.searchParams.get("code");
    if (decision === "deny") expect(code).toBeNull();
    else expect((await requestToken(exchangeOf(application, code ?? ""))).body.scope).toBe("read");
  }
});

test("no decision, an unknown one, or several, is a 400 and the request stays pending", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const start = await person.get(authorizePath(authorizationOf(application)));
  const path = start.headers.location ?? "";
  const form = await person.openForm(path, "/consent/submit");
  for (const decision of ["", "yes", "approved", "__proto__"]) {
    expect((await person.submit(form, { decision })).status).toBe(400);
  }
  expect(findForm(await person.get(path), "/consent/submit")).toBeDefined();
  expect(await portal.countCodes(application)).toBe(0);
});

test("case 50: an application that skips consent gets its code immediately", async ({ portal, person }) => {
  const application = await portal.createApplication({ skipConsent: true });
  const answer = await person.get(authorizePath(authorizationOf(application)));
  expect(answer.status).toBe(303);
  const code = new URL(answer.headers.location ?? "").searchParams.get("code") ?? "";
  expect((await requestToken(exchangeOf(application, code))).status).toBe(200);
});

test("case 51: consent is remembered for these scopes; force, prompt=consent and new scopes ask again", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  await person.obtainCode(authorizationOf(application, { scope: "read" }));
  const open = async (more: Record<string, string>) =>
    (await person.get(authorizePath(authorizationOf(application, more)))).headers.location ?? "";
  expect(await open({ scope: "read" })).toContain("?code=");
  expect(await open({ scope: "read", approval_prompt: "auto" })).toContain("?code=");
  expect(await open({ scope: "read", approval_prompt: "force" })).toMatch(consentPath);
  expect(await open({ scope: "read", prompt: "consent" })).toMatch(consentPath);
  expect(await open({ scope: "read write" })).toMatch(consentPath);
  await person.obtainCode(authorizationOf(application, { scope: "write" }));
  // Consents given at different times add up.
  expect(await open({ scope: "read write" })).toContain("?code=");
});

test("case 51: one user's consent doesn't count for another", async ({ portal, browser }) => {
  const [user, other] = [await portal.createUser(), await portal.createUser()];
  const application = await portal.createApplication();
  await browser.obtainCode(authorizationOf(application), { user });
  const elsewhere = new BrowserClient();
  await elsewhere.signIn(other);
  expect((await elsewhere.get(authorizePath(authorizationOf(application)))).headers.location).toMatch(consentPath);
});

test("case 51: a public client whose redirect URI any program can claim is asked about each time (RFC 8252 §8.6)", async ({
  portal,
  person,
}) => {
  const challenge = { code_challenge: "x".repeat(43), code_challenge_method: "S256" };
  for (const redirectUri of ["http://127.0.0.1/cb", "com.example.app:/cb"]) {
    const application = await portal.createPublicApplication({ redirectUris: [redirectUri] });
    await person.obtainCode(authorizationOf(application, challenge));
    const again = await person.get(authorizePath(authorizationOf(application, challenge)));
    expect(again.headers.location).toMatch(consentPath);
    const silent = await person.get(authorizePath(authorizationOf(application, { ...challenge, prompt: "none" })));
    expect(new URL(silent.headers.location ?? "").searchParams.get("error")).toBe("consent_required");
  }
  const proven = await portal.createPublicApplication();
  await person.obtainCode(authorizationOf(proven, challenge));
  const again = await person.get(authorizePath(authorizationOf(proven, challenge)));
  expect(again.headers.location).toContain("?code=");
});

test("case 53: prompt=login makes a signed-in user sign in again, once", async ({ portal, browser }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication({ skipConsent: true })];
  await browser.signIn(user);
  for (const prompt of ["login", "select_account"]) {
    const request = authorizationOf(application, { prompt });
    expect((await browser.get(authorizePath(request))).headers.location).toMatch(loginPath);
    expect(await browser.obtainCode(request, { user })).not.toBe("");
    // Signing in for one request doesn't count for the next.
    expect((await browser.get(authorizePath(request))).headers.location).toMatch(loginPath);
  }
});

test("case 54: prompt=none: consent_required, then a code once consent was given", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const silent = authorizePath(authorizationOf(application, { prompt: "none" }));
  expectErrorRedirect(await person.get(silent), application.redirectUri, "consent_required");
  await person.obtainCode(authorizationOf(application));
  expect((await person.get(silent)).headers.location).toContain("?code=");
});

test("Use another account: another user continues the same request", async ({ portal, browser }) => {
  const [first, second] = [await portal.createUser(), await portal.createUser()];
  const application = await portal.createApplication();
  await browser.signIn(first);
  const start = await browser.get(authorizePath(authorizationOf(application)));
  const form = await browser.openForm(start.headers.location ?? "", "/logout/submit");
  const signedOut = await browser.submit(form, {});
  const toLogin = await browser.get(signedOut.headers.location ?? "");
  expect(toLogin.headers.location).toMatch(loginPath);
  const login = await browser.openForm(toLogin.headers.location ?? "", "/login/submit");
  const signedIn = await browser.submit(login, { identifier: second.email, password: second.password });
  const toConsent = await browser.get(signedIn.headers.location ?? "");
  const consent = await browser.openForm(toConsent.headers.location ?? "", "/consent/submit");
  const decided = await browser.submit(consent, { decision: "allow" });
  const location = new URL((await browser.get(decided.headers.location ?? "")).headers.location ?? "");
  const { accessToken } = await requestToken(exchangeOf(application, location.searchParams.get("code") ?? ""));
  const resource = await getResource(accessToken);
  expect(JSON.parse(resource.text)).toMatchObject({ user: { username: second.username } });
});

test("without a request there is nothing to consent to", async ({ person }) => {
  for (const path of [
    "/consent",
    "/consent?authorization_request=x",
    `/consent?authorization_request=${"x".repeat(43)}`,
  ]) {
    const page = await person.get(path);
    expect(findForm(page, "/consent/submit")).toBeUndefined();
    expect(page.status).toBeLessThan(500);
  }
  expectErrorPage(await person.get(`/o/authorize?authorization_request=${"x".repeat(43)}`));
});
