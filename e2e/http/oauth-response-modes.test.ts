import { expect } from "vitest";
import { authorizePath, type BrowserClient } from "../support/browser-client";
import { issuer } from "../support/environment";
import { expectErrorPage } from "../support/expectations";
import { readForms, readText } from "../support/html";
import type { Answer } from "../support/http";
import type { TestApplication } from "../support/portal";
import { authorizationOf, exchangeOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

function open(browser: BrowserClient, application: TestApplication, more: Record<string, string>): Promise<Answer> {
  return browser.get(authorizePath(authorizationOf(application, more)));
}

test("fragment: code, state and iss in the fragment of the redirect URI, errors too", async ({
  portal,
  person,
  browser,
}) => {
  const application = await portal.createApplication({ skipConsent: true });
  const answer = await open(person, application, { response_mode: "fragment" });
  expect(answer.status).toBe(303);
  const location = new URL(answer.headers.location ?? "");
  expect(location.href.split("#")[0]).toBe(application.redirectUri);
  const parameters = new URLSearchParams(location.hash.slice(1));
  expect([...parameters.keys()]).toEqual(["code", "state", "iss"]);
  expect((await requestToken(exchangeOf(application, parameters.get("code") ?? ""))).status).toBe(200);

  const refused = await open(browser, application, { response_mode: "fragment", prompt: "none" });
  expect(refused.headers.location).toMatch(/#error=login_required&error_description=[^&]+&state=a\+state&iss=[^&]+$/);
  expect(new URL(refused.headers.location ?? "").search).toBe("");
});

test("form_post: a page whose only form sends code, state and iss to the redirect URI", async ({ portal, person }) => {
  const application = await portal.createApplication({
    redirectUris: ["https://app.example.test/cb?tenant=1&x"],
    skipConsent: true,
  });
  const state = `"><script>alert(1)</script>&'`;
  const page = await open(person, application, { response_mode: "form_post", state });
  expect({ status: page.status, location: page.headers.location }).toEqual({ status: 200, location: undefined });
  const forms = readForms(page.text);
  expect(forms).toEqual([
    {
      action: application.redirectUri,
      method: "post",
      fields: { code: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), state, iss: issuer },
    },
  ]);
  expect((await requestToken(exchangeOf(application, forms[0]?.fields.code ?? ""))).status).toBe(200);
  expect(readText(page.text)).toContain("app.example.test");
  // No address contains any of the response.
  expect(page.text).not.toMatch(/(?:href|src|action)="[^"]*code=/);
});

test("form_post: one script, by nonce; never cached, framed or sent as a referrer; its form may lead anywhere", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication({ skipConsent: true });
  const { headers, text } = await open(person, application, { response_mode: "form_post" });
  const policy = String(headers["content-security-policy"]);
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(text.match(/<script\b[^>]*>/g)).toEqual([`<script nonce="${nonce}">`]);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("form-action");
  expect(headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
  });
});

test("form_post: an error is posted as well, and so is a denial", async ({ portal, person, browser }) => {
  const application = await portal.createApplication();
  const refused = await open(browser, application, { response_mode: "form_post", prompt: "none" });
  expect(readForms(refused.text)[0]?.fields).toMatchObject({ error: "login_required", state: "a state", iss: issuer });

  const start = await open(person, application, { response_mode: "form_post" });
  const form = await person.openForm(start.headers.location ?? "", "/consent/submit");
  const decided = await person.submit(form, { decision: "deny" });
  const denied = await person.get(decided.headers.location ?? "");
  expect(readForms(denied.text)[0]?.fields).toMatchObject({ error: "access_denied", state: "a state", iss: issuer });
  expectErrorPage(await person.get(decided.headers.location ?? ""));
});

test("an unknown mode, or a form for an app's own scheme, is an invalid_request in the default mode", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const native = await portal.createApplication({ redirectUris: ["com.example.app:/cb"] });
  const refusals = [
    [application, "web_message"],
    [native, "form_post"],
    [native, "form_post.jwt"],
  ] as const;
  for (const [asking, response_mode] of refusals) {
    const answer = await open(person, asking, { response_mode });
    expect(answer.headers.location).toMatch(/^[^?#]+\?error=invalid_request&/);
  }
});

test("attacks 15 and 17: no mode leads to a scheme that runs scripts, nor to a look-alike", async ({
  portal,
  person,
}) => {
  for (const uri of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"]) {
    await expect(portal.createApplication({ redirectUris: [uri] })).rejects.toThrow();
  }
  const application = await portal.createApplication({ redirectUris: ["https://app.example.test/cb"] });
  for (const response_mode of ["form_post", "fragment"]) {
    for (const redirect_uri of [
      "javascript:alert(1)",
      "https://app.example.test.evil.test/cb",
      "https://app.example.test/cb/",
      "https://app.example.test/cb#x",
      "https://app.example.test@evil.test/cb",
    ]) {
      expectErrorPage(await open(person, application, { response_mode, redirect_uri }));
    }
  }
});
