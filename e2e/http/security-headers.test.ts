import { expect } from "vitest";
import { hostCookieName } from "@/lib/auth/cookies";
import { authorizePath } from "../support/browser-client";
import { baseUrl } from "../support/environment";
import type { Answer } from "../support/http";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

/** RFC 9700 §4.16 and §4.2.4, attack 22. */
function expectPageHeaders({ headers, text }: Answer, path: string): void {
  const policy = new Map(
    String(headers["content-security-policy"])
      .split("; ")
      .map((directive) => [directive.split(" ")[0], directive.split(" ").slice(1)]),
  );
  expect(policy.get("frame-ancestors"), path).toEqual(["'none'"]);
  expect(policy.get("default-src"), path).toEqual(["'self'"]);
  expect(policy.get("object-src"), path).toEqual(["'none'"]);
  expect(policy.get("base-uri"), path).toEqual(["'none'"]);
  const script = policy.get("script-src") ?? [];
  expect(script, path).not.toContain("'unsafe-inline'");
  expect(script, path).not.toContain("'unsafe-eval'");
  const nonce = script.find((source) => source.startsWith("'nonce-"))?.slice("'nonce-".length, -1);
  for (const [, attributes] of text.matchAll(/<script\b([^>]*)>/g))
    expect(attributes, path).toContain(`nonce="${nonce}"`);
  for (const [, attributes] of text.matchAll(/<style\b([^>]*)>/g))
    expect(attributes, path).toContain(`nonce="${nonce}"`);
  expect(headers, path).toMatchObject({
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
  });
  expect(headers["cache-control"], path).toMatch(/no-store/);
  expect(headers["x-powered-by"], path).toBeUndefined();
  // Nothing is loaded from elsewhere, so nothing leaves the page in a Referer or a request.
  expect(text, path).not.toMatch(/\b(?:src|href)="(?:https?:)?\/\//);
}

test("every page: not framed, scripts by nonce, nothing from elsewhere, never cached", async ({
  portal,
  person,
  browser,
}) => {
  const application = await portal.createApplication();
  const start = await person.get(authorizePath(authorizationOf(application)));
  const pages: [typeof person, string][] = [
    [browser, "/"],
    [browser, "/login"],
    [browser, "/nothing/here"],
    [browser, "/noexist/callback?code=x&state=y"],
    [browser, "/setup/x"],
    [person, "/"],
    [person, start.headers.location ?? ""],
    [person, "/o/applications/"],
    [person, "/o/applications/register/"],
    [person, "/o/authorized_tokens/"],
  ];
  for (const [client, path] of pages) expectPageHeaders(await client.get(path), path);
  expectPageHeaders(await browser.get("/o/authorize/?client_id=nobody"), "the error page");
});

test("the nonce is new for each answer", async ({ browser }) => {
  const policies = [await browser.get("/login"), await browser.get("/login")].map(
    ({ headers }) => headers["content-security-policy"],
  );
  expect(policies[0]).not.toBe(policies[1]);
});

test("no Referer leaves /o/*; forms keep theirs within the site, because browsers would otherwise send Origin: null", async ({
  portal,
  browser,
}) => {
  const application = await portal.createApplication();
  const authorize = await browser.get(authorizePath(authorizationOf(application)));
  expect(authorize.headers["referrer-policy"]).toBe("no-referrer");
  expect((await browser.get("/login")).headers["referrer-policy"]).toBe("same-origin");
});

test("where a flow's forms end is up to the application; all other forms end here", async ({
  portal,
  person,
  browser,
}) => {
  const application = await portal.createApplication();
  const start = await person.get(authorizePath(authorizationOf(application)));
  const policyOf = async (client: typeof person, path: string) =>
    (await client.get(path)).headers["content-security-policy"];
  // Chromium applies form-action to a form's redirects as well.
  expect(await policyOf(person, start.headers.location ?? "")).not.toContain("form-action");
  expect(await policyOf(browser, "/login")).not.toContain("form-action");
  for (const path of ["/", "/o/applications/", "/setup/x"]) {
    expect(await policyOf(person, path)).toContain("form-action 'self'");
  }
});

test("cookies are HttpOnly and SameSite=Lax, except the one that frames watch, which names no session", async ({
  user,
  browser,
}) => {
  const page = await browser.get("/login");
  const form = await browser.openForm("/login", "/login/submit");
  const signedIn = await browser.submit(form, { identifier: user.username, password: user.password });
  const cookies = [page, signedIn].flatMap(({ headers }) => headers["set-cookie"] ?? []);
  const names = cookies.map((cookie) => cookie.split("=")[0]);
  expect(names).toContain(hostCookieName("browser", baseUrl));
  expect(names).toContain(hostCookieName("session", baseUrl));
  for (const cookie of cookies) {
    // OpenID Connect Session Management §3.2: our own frame's script reads it.
    if (!cookie.startsWith(`${hostCookieName("state", baseUrl)}=`)) expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
  }
});
