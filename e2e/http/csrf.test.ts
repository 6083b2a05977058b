import type { OutgoingHttpHeaders } from "node:http";
import { expect } from "vitest";
import { authorizePath, BrowserClient } from "../support/browser-client";
import { authorizationOf, getResource, obtainTokens } from "../support/token-client";
import { test } from "../support/vitest";

/**
 * RFC 9700 §4.7, attack 11: a form that wasn't sent by one of our pages in this browser is a 403 and changes nothing.
 */

const foreign: readonly (readonly [string, OutgoingHttpHeaders])[] = [
  ["a foreign Origin", { Origin: "https://evil.example.test" }],
  ["Origin null", { Origin: "null" }],
  ["a look-alike Origin", { Origin: "http://127.0.0.1.evil.example.test" }],
  ["our host by https", { Origin: "https://127.0.0.1" }],
  ["another port of this host", { Origin: "http://127.0.0.1:1" }],
  ["Sec-Fetch-Site cross-site", { "Sec-Fetch-Site": "cross-site", Origin: undefined }],
  ["Sec-Fetch-Site same-site", { "Sec-Fetch-Site": "same-site", Origin: undefined }],
  ["Sec-Fetch-Site none", { "Sec-Fetch-Site": "none", Origin: undefined }],
  [
    "a forged host",
    { Origin: "https://evil.example.test", "X-Forwarded-Host": "evil.example.test", Host: "evil.example.test" },
  ],
];

test.for(foreign)("case 46: %s at the consent form", async ([, headers], { portal, person }) => {
  const application = await portal.createApplication();
  const start = await person.get(authorizePath(authorizationOf(application)));
  const form = await person.openForm(start.headers.location ?? "", "/consent/submit");
  expect((await person.submit(form, { decision: "allow" }, headers)).status).toBe(403);
  const waiting = await portal.database.authorizationRequest.findFirstOrThrow({
    where: { applicationId: application.id },
  });
  expect(waiting.decision).toBeNull();
  expect((await person.submit(form, { decision: "allow" })).status).toBe(303);
});

test("case 46: at the consent form, without the token, with a wrong one, and with another browser's", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const start = await person.get(authorizePath(authorizationOf(application)));
  const form = await person.openForm(start.headers.location ?? "", "/consent/submit");
  const stranger = new BrowserClient();
  const theirs = await stranger.openForm("/login", "/login/submit");
  for (const csrf of [
    "",
    "x",
    `${form.fields.csrf}x`,
    theirs.fields.csrf ?? "",
    form.fields.csrf?.toLowerCase() ?? "",
  ]) {
    expect((await person.submit(form, { csrf, decision: "allow" })).status).toBe(403);
  }
  const waiting = await portal.database.authorizationRequest.findFirstOrThrow({
    where: { applicationId: application.id },
  });
  expect(waiting.decision).toBeNull();
});

test("the login form: no other site can sign a user in (login CSRF)", async ({ user, browser }) => {
  const form = await browser.openForm("/login", "/login/submit");
  const credentials = { identifier: user.username, password: user.password };
  for (const [, headers] of foreign) {
    expect((await browser.submit(form, credentials, headers)).status).toBe(403);
    expect(browser.cookie("session")).toBeUndefined();
  }
  expect((await browser.submit(form, { ...credentials, csrf: "x" })).status).toBe(403);
  const withoutCookies = new BrowserClient();
  expect((await withoutCookies.submit(form, credentials)).status).toBe(403);
  expect(withoutCookies.cookie("session")).toBeUndefined();
});

test("signing out", async ({ person }) => {
  const form = await person.openForm("/", "/logout/submit");
  for (const [, headers] of foreign) expect((await person.submit(form, {}, headers)).status).toBe(403);
  expect((await person.submit(form, { csrf: "x" })).status).toBe(403);
  expect((await person.get("/o/applications/")).status).toBe(200);
});

test("disabling and deleting an application, adding and revoking secrets", async ({ portal, user, person }) => {
  const application = await portal.createApplication({ owner: user });
  const { database } = portal;
  const secret = await database.clientSecret.findFirstOrThrow({ where: { applicationId: application.id } });
  const { csrf = "" } = (await person.openForm("/", "/logout/submit")).fields;
  const base = `/o/applications/${application.id}`;
  const paths = [
    "disable/submit",
    "delete/submit",
    "secrets/submit",
    "secrets/stored",
    `secrets/${secret.id}/revoke/submit`,
  ];
  for (const path of paths) {
    for (const [, headers] of foreign) {
      expect((await person.post(`${base}/${path}`, { csrf, disabled: "true" }, headers)).status, path).toBe(403);
    }
    expect((await person.post(`${base}/${path}`, { disabled: "true" })).status, path).toBe(403);
  }
  const kept = await database.application.findUniqueOrThrow({
    where: { id: application.id },
    include: { secrets: { where: { revokedAt: null } } },
  });
  expect(kept.disabledAt).toBeNull();
  expect(kept.secrets).toHaveLength(1);
});

test("revoking an authorization", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const { accessToken } = await obtainTokens(person, application);
  const { csrf = "" } = (await person.openForm("/", "/logout/submit")).fields;
  const path = `/o/authorized_tokens/${application.id}/delete/submit`;
  for (const [, headers] of foreign) expect((await person.post(path, { csrf }, headers)).status).toBe(403);
  expect((await person.post(path, {})).status).toBe(403);
  expect((await getResource(accessToken)).status).toBe(200);
});
