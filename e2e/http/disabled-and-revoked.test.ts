import { expect } from "vitest";
import { authorizePath, BrowserClient } from "../support/browser-client";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectErrorPage, expectOAuthError } from "../support/expectations";
import { readText } from "../support/html";
import { isActive } from "../support/introspection-client";
import type { Portal, TestApplication, TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import {
  authorizationOf,
  credentialsOf,
  exchangeOf,
  getResource,
  obtainTokens,
  refreshOf,
  requestToken,
  type TokenAnswer,
} from "../support/token-client";
import { test } from "../support/vitest";

/** Attacks 37 and 42: what is disabled or revoked ends immediately, at every step. */

test("a disabled application: authorize, consent, code, refresh, client credentials and resource", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication({
    grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
  });
  const tokens = await obtainTokens(person, application);
  const machineRequest = { grant_type: "client_credentials", ...credentialsOf(application) };
  const machine = await requestToken(machineRequest);
  const code = await person.obtainCode(authorizationOf(application));
  const forced = authorizationOf(application, { approval_prompt: "force" });
  const start = await person.get(authorizePath(forced));
  const form = await person.openForm(start.headers.location ?? "", "/consent/submit");

  await portal.disableApplication(application);
  const page = await person.get(authorizePath(authorizationOf(application)));
  expectErrorPage(page);
  expect(readText(page.text)).toContain("disabled");
  expectErrorPage(await person.get(authorizePath(authorizationOf(application, { prompt: "none" }))));
  const decided = await person.submit(form, { decision: "allow" });
  if (decided.status === 303) expectErrorPage(await person.get(decided.headers.location ?? ""));
  expectOAuthError(await requestToken(exchangeOf(application, code)), 401, "invalid_client");
  expectOAuthError(await requestToken(refreshOf(application, tokens.refreshToken)), 401, "invalid_client");
  expectOAuthError(await requestToken(machineRequest), 401, "invalid_client");
  for (const { accessToken } of [tokens, machine]) expect((await getResource(accessToken)).status).toBe(401);
  expect(await portal.countCodes(application)).toBe(2);
});

test("a disabled user: session, sign-in, authorize, code, refresh and resource", async ({ portal, browser }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await browser.signIn(user);
  const tokens = await obtainTokens(browser, application);
  const code = await browser.obtainCode(authorizationOf(application));

  await portal.disableUser(user);
  expect((await browser.get(authorizePath(authorizationOf(application)))).headers.location).toMatch(/^\/login\?/);
  expect((await browser.get("/o/applications/")).status).not.toBe(200);
  await expect(new BrowserClient().signIn(user)).rejects.toThrow("not signed in");
  expectOAuthError(await requestToken(exchangeOf(application, code)), 400, "invalid_grant");
  expectOAuthError(await requestToken(refreshOf(application, tokens.refreshToken)), 400, "invalid_grant");
  expect((await getResource(tokens.accessToken)).status).toBe(401);
});

test("a deleted user and a deleted application leave nothing that works", async ({ portal, browser }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await browser.signIn(user);
  const tokens = await obtainTokens(browser, application);
  await portal.database.user.delete({ where: { id: user.id } });
  expect((await getResource(tokens.accessToken)).status).toBe(401);
  expectOAuthError(await requestToken(refreshOf(application, tokens.refreshToken)), 400, "invalid_grant");
  expect((await browser.get("/o/applications/")).status).not.toBe(200);

  const machine = await portal.createMachine();
  const request = { grant_type: "client_credentials", ...credentialsOf(machine) };
  const { accessToken } = await requestToken(request);
  await portal.database.application.delete({ where: { id: machine.id } });
  expect((await getResource(accessToken)).status).toBe(401);
  expectOAuthError(await requestToken(request), 401, "invalid_client");
});

test("case 74, attack 42: a revoked authorization takes tokens, codes and consent with it", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const tokens = await obtainTokens(person, application);
  const code = await person.obtainCode(authorizationOf(application));
  const form = await person.openForm(
    `/o/authorized_tokens/${application.id}/delete/`,
    `/o/authorized_tokens/${application.id}/delete/submit`,
  );
  const revoked = await person.submit(form, {});
  expect(revoked.headers.location).toBe("/o/authorized_tokens/");
  expect((await getResource(tokens.accessToken)).status).toBe(401);
  expectOAuthError(await requestToken(refreshOf(application, tokens.refreshToken)), 400, "invalid_grant");
  // Case 75: at any time afterwards, however soon.
  expectOAuthError(await requestToken(refreshOf(application, tokens.refreshToken)), 400, "invalid_grant");
  expectOAuthError(await requestToken(exchangeOf(application, code)), 400, "invalid_grant");
  expect((await person.get(authorizePath(authorizationOf(application)))).headers.location).toMatch(/^\/consent\?/);
  expect((await person.submit(form, {})).status).toBe(404);
});

test("a session that was ended on the server is over, whatever cookie the browser has", async ({ portal, browser }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication({ skipConsent: true })];
  await browser.signIn(user);
  const stolen = new BrowserClient();
  stolen.copyCookies(browser);
  expect((await stolen.get("/o/applications/")).status).toBe(200);
  await browser.signOut();
  expect((await stolen.get("/o/applications/")).status).not.toBe(200);
  expect((await stolen.get(authorizePath(authorizationOf(application)))).headers.location).toMatch(/^\/login\?/);
});

test("signing in creates a new session and ends the one before", async ({ portal, browser }) => {
  const user = await portal.createUser();
  await browser.signIn(user);
  const before = new BrowserClient();
  before.copyCookies(browser);
  const { csrf = "" } = (await browser.openForm("/", "/logout/submit")).fields;
  await browser.post("/login/submit", { csrf, identifier: user.username, password: user.password });
  expect((await before.get("/o/applications/")).status).not.toBe(200);
  expect((await browser.get("/o/applications/")).status).toBe(200);
});

test("a session past its lifetime, or idle for too long, is over", async ({ portal, browser }) => {
  const user = await portal.createUser();
  const { database } = portal;
  await browser.signIn(user);
  const where = { userId: user.id };
  const isSignedIn = async () => (await browser.get("/o/applications/")).status === 200;
  expect(await isSignedIn()).toBe(true);
  await database.session.updateMany({ where, data: { lastSeenAt: new Date(Date.now() - 15 * 86_400_000) } });
  expect(await isSignedIn()).toBe(false);

  await browser.signIn(user);
  expect(await isSignedIn()).toBe(true);
  await database.session.updateMany({ where, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await isSignedIn()).toBe(false);
});

interface Scene {
  portal: Portal;
  user: TestUser;
  application: TestApplication;
  /** The browser in which the tokens were obtained. */
  browser: BrowserClient;
  /** The same user, signed in elsewhere. */
  elsewhere: BrowserClient;
}

/** What ends an authorization, and the error that the client gets when it refreshes. */
const endings: [string, (scene: Scene) => Promise<unknown>, [status: number, error: string]][] = [
  ["the person is disabled", ({ portal, user }) => portal.disableUser(user), [400, "invalid_grant"]],
  [
    "the application is disabled",
    ({ portal, application }) => portal.disableApplication(application),
    [401, "invalid_client"],
  ],
  [
    "the password is changed",
    async ({ elsewhere, user }) => {
      const form = await elsewhere.openForm("/account/", "/account/password/submit");
      const password = `${user.password}-changed`;
      noteSecret(password);
      const answer = await elsewhere.submit(form, { current_password: user.password, new_password: password });
      expect(answer.headers.location).toBe("/account/#password");
      expect((await elsewhere.get("/account/")).status).toBe(200);
    },
    [400, "invalid_grant"],
  ],
  [
    "the session is ended from another one",
    async ({ elsewhere, portal, user }) => {
      const [first] = await portal.database.session.findMany({ where: { userId: user.id }, orderBy: { id: "asc" } });
      const form = await elsewhere.openForm("/account/", "/account/sessions/end/submit");
      expect((await elsewhere.submit(form, { session_id: first?.id ?? "" })).status).toBe(303);
    },
    [400, "invalid_grant"],
  ],
  [
    "all other sessions are ended",
    async ({ elsewhere }) => {
      const form = await elsewhere.openForm("/account/", "/account/sessions/end-others/submit");
      expect((await elsewhere.submit(form, {})).status).toBe(303);
    },
    [400, "invalid_grant"],
  ],
  [
    "the consent is withdrawn",
    async ({ browser, application }) => {
      const path = `/o/authorized_tokens/${application.id}/delete/`;
      expect((await browser.submit(await browser.openForm(path, `${path}submit`), {})).status).toBe(303);
    },
    [400, "invalid_grant"],
  ],
];

for (const [what, end, [status, error]] of endings) {
  test(`when ${what}, refresh, introspection, code and resource know immediately, in every process`, async ({
    portal,
  }) => {
    const [user, application] = [await portal.createUser(), await portal.createApplication()];
    const [browser, elsewhere] = [new BrowserClient(), new BrowserClient()];
    await browser.signIn(user);
    await elsewhere.signIn(user);
    // One grant per process, because presenting a refresh token twice would end it anyway.
    const grants = [await obtainTokens(browser, application), await obtainTokens(browser, application)];
    const code = await browser.obtainCode(authorizationOf(application));
    const bases = [baseUrl, secondBaseUrl];
    const look = async ({ accessToken, refreshToken }: TokenAnswer) =>
      Promise.all(
        bases.flatMap((base) => [
          getResource(accessToken, { base }).then((answer) => answer.status === 200),
          isActive(application, accessToken, { base }),
          isActive(application, refreshToken, { base }),
        ]),
      );
    for (const grant of grants) expect(await look(grant)).toEqual(Array(6).fill(true));

    await end({ portal, user, application, browser, elsewhere });
    for (const grant of grants) expect(await look(grant)).toEqual(Array(6).fill(false));
    for (const [index, { refreshToken }] of grants.entries()) {
      const answer = await requestToken(refreshOf(application, refreshToken), { base: bases[index] });
      expectOAuthError(answer, status, error);
    }
    expectOAuthError(await requestToken(exchangeOf(application, code), { base: secondBaseUrl }), status, error);
  });
}

test("signing out in one's own browser leaves applications' tokens", async ({ portal, browser }) => {
  const [user, application] = [await portal.createUser(), await portal.createApplication()];
  await browser.signIn(user);
  const tokens = await obtainTokens(browser, application);
  await browser.signOut();
  for (const base of [baseUrl, secondBaseUrl])
    expect((await getResource(tokens.accessToken, { base })).status).toBe(200);
  expect((await requestToken(refreshOf(application, tokens.refreshToken))).status).toBe(200);
});
