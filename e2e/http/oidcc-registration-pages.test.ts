import { describe, expect } from "vitest";
import { authorizePath, BrowserClient, findForm } from "../support/browser-client";
import { expectOAuthError } from "../support/expectations";
import { readText } from "../support/html";
import { type Answer, send } from "../support/http";
import { startRegistrationWithSite, toTestApplication } from "../support/registering";
import { webApp } from "../support/registration";
import { authorizationOf, exchangeOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const { servers, site, register } = startRegistrationWithSite();

/** The smallest possible image: one transparent pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

function openBrowser(): BrowserClient {
  return new BrowserClient({ base: servers.tokenBase, origin: servers.tokenBase });
}

/** The sign-in page for a browser without cookies. */
async function openLogin(metadata: object): Promise<{ page: Answer; browser: BrowserClient }> {
  const application = toTestApplication(await register({ ...webApp, ...metadata }));
  const browser = openBrowser();
  const { headers } = await browser.get(authorizePath(authorizationOf(application, { scope: "openid" })));
  return { page: await browser.get(headers.location ?? ""), browser };
}

const links = (page: Answer) => [...page.text.matchAll(/<a\b[^>]*?href="(https:[^"]*)"/g)].map(([, href]) => href);

test("oidcc-registration-logo-uri: the sign-in page shows the logo, loaded only from this server", async () => {
  const { page, browser } = await openLogin({ logo_uri: site.publish("/logo.png", png, "image/png") });
  const [, src = ""] = /<img\b[^>]*?src="([^"]*)"/.exec(page.text) ?? [];
  expect(src).toMatch(/^\/o\/logo\/[A-Za-z0-9]+$/);
  expect(page.headers["content-security-policy"]).toContain("img-src 'self'");
  const logo = await browser.get(src);
  expect(logo.status).toBe(200);
  expect(logo.headers).toMatchObject({
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
  });
  // The second time from memory: opening the page makes no requests elsewhere.
  await browser.get(src);
  expect(site.count("/logo.png")).toBe(1);
});

test("oidcc-registration-policy-uri: the sign-in page links to the policy", async () => {
  const policy_uri = "https://app.example.test/privacy?a=1&b=2";
  const { page } = await openLogin({ policy_uri });
  expect(readText(page.text)).toContain("Privacy policy");
  expect(links(page)).toEqual([policy_uri.replace("&", "&amp;")]);
});

test("oidcc-registration-tos-uri: the sign-in page links to the terms of service", async () => {
  const tos_uri = "https://app.example.test/terms";
  const { page } = await openLogin({ tos_uri, client_uri: "https://app.example.test/" });
  expect(readText(page.text)).toContain("Terms of service");
  expect(links(page)).toEqual(["https://app.example.test/", tos_uri]);
});

test("the consent page shows them all again", async ({ user }) => {
  const said = { policy_uri: "https://app.example.test/privacy", tos_uri: "https://app.example.test/terms" };
  const logo_uri = site.publish("/consent-logo.png", png, "image/png");
  const application = toTestApplication(await register({ ...webApp, ...said, logo_uri }));
  const browser = openBrowser();
  await browser.signIn(user);
  const { headers } = await browser.get(authorizePath(authorizationOf(application, { scope: "openid" })));
  const page = await browser.get(headers.location ?? "");
  expect(findForm(page, "/consent/submit")).toBeDefined();
  expect(links(page)).toEqual([said.policy_uri, said.tos_uri]);
  expect(page.text).toContain(`src="/o/logo/${application.clientId}"`);
});

test("without any of them the sign-in page has no logo and no links", async () => {
  const { page } = await openLogin({});
  expect(page.status).toBe(200);
  expect(links(page)).toEqual([]);
  expect(page.text).not.toContain("/o/logo/");
});

describe("a logo is an image or nothing", () => {
  const served: Record<string, [content: Buffer, mediaType: string]> = {
    "a document by its content": [Buffer.from("<script>alert(1)</script>"), "image/png"],
    "a picture that can hold scripts": [Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/svg+xml"],
    "one that is too large": [Buffer.concat([png, Buffer.alloc(300_000)]), "image/png"],
  };

  test.for(Object.entries(served))("%s is not shown", async ([name, [content, mediaType]]) => {
    const logo_uri = site.publish(`/${name.replaceAll(" ", "-")}`, content, mediaType);
    const { clientId } = await register({ ...webApp, logo_uri });
    expectOAuthError(await send("GET", `/o/logo/${clientId}`, { base: servers.tokenBase }), 404, "not_found");
  });

  test("nor for an unknown client, or at an address that the server doesn't call (attack 44)", async () => {
    const { clientId } = await register({ ...webApp, logo_uri: "https://169.254.169.254/logo.png" });
    for (const path of [clientId, "nobody", "%F0%9F%98%80"]) {
      expectOAuthError(await send("GET", `/o/logo/${path}`, { base: servers.tokenBase }), 404, "not_found");
    }
  });
});

test("oidcc-prompt-none-logged-in: a user who has consented in this session is signed in silently again", async ({
  user,
}) => {
  const application = toTestApplication(
    await register({ ...webApp, token_endpoint_auth_method: "client_secret_post" }),
  );
  const browser = openBrowser();
  await browser.signIn(user);
  const asked = authorizationOf(application, { scope: "openid" });
  const silent = { ...asked, prompt: "none" };
  expect((await browser.authorize(silent)).searchParams.get("error")).toBe("consent_required");
  const at = { base: servers.tokenBase };
  const first = await requestToken(exchangeOf(application, await browser.obtainCode(asked)), at);
  expect(first.status).toBe(200);
  const second = await requestToken(exchangeOf(application, await browser.obtainCode(silent)), at);
  expect(second.body).toHaveProperty("id_token");

  // In another session, without an administrator's approval, the user is asked again.
  const elsewhere = openBrowser();
  await elsewhere.signIn(user);
  expect((await elsewhere.authorize(silent)).searchParams.get("error")).toBe("consent_required");
});
