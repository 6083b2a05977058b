import { expect } from "vitest";
import { type Endpoint, everyMethod, listEndpoints, listPaths } from "@/lib/oauth/endpoints";
import { authorizePath, BrowserClient } from "../support/browser-client";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import { postForm, send } from "../support/http";
import { authorizationOf, credentialsOf, exchangeOf, getResource, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const portalPaths = ["/o/applications", "/o/applications/register", "/o/authorized_tokens"];

test("every /o/ path answers with and without its trailing slash, without a redirect in between", async ({
  portal,
  person,
}) => {
  const machine = await portal.createMachine();
  const form = { grant_type: "client_credentials", ...credentialsOf(machine) };
  const application = await portal.createApplication({ skipConsent: true });
  const request = authorizationOf(application);
  for (const slash of ["", "/"]) {
    expect((await postForm(`/o/token${slash}`, form)).status).toBe(200);
    const query = new URLSearchParams(request);
    const byGet = await person.get(`/o/authorize${slash}?${query}`);
    expect(byGet.headers.location).toContain("?code=");
    const byPost = await person.post(`/o/authorize${slash}`, request);
    expect(byPost.headers.location).toContain("?code=");
    for (const path of portalPaths) expect((await person.get(`${path}${slash}`)).status).toBe(200);
  }
});

test("signed out, the portal's pages lead to the login page in both forms (case 119)", async ({ browser }) => {
  for (const path of [...portalPaths, `/o/applications/${crypto.randomUUID()}`]) {
    for (const slash of ["", "/"]) {
      const answer = await browser.get(`${path}${slash}`);
      expect([303, 307]).toContain(answer.status);
      const location = new URL(answer.headers.location ?? "", baseUrl);
      expect(location.pathname).toBe("/login");
      expect(location.searchParams.get("next")?.replace(/\/$/, "")).toBe(path);
    }
  }
});

test("localhost and 127.0.0.1 both answer, without redirecting one to the other", async ({ portal }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication({ skipConsent: true });
  const { port } = new URL(baseUrl);
  for (const host of ["localhost", "127.0.0.1"]) {
    const browser = new BrowserClient();
    const headers = { Host: `${host}:${port}`, Origin: `http://${host}:${port}` };
    const start = await browser.get(authorizePath(authorizationOf(application)), headers);
    expect(start.headers.location).toMatch(/^\/login\?/);
    const form = await browser.openForm(start.headers.location ?? "", "/login/submit");
    const login = { identifier: user.username, password: user.password };
    const signedIn = await browser.submit(form, login, headers);
    expect(signedIn.headers.location).toMatch(/^\/o\/authorize\?/);
    const answer = await browser.get(signedIn.headers.location ?? "", headers);
    const code = new URL(answer.headers.location ?? "").searchParams.get("code") ?? "";
    const { accessToken, status } = await requestToken(exchangeOf(application, code), {
      headers: { Host: headers.Host },
    });
    expect(status).toBe(200);
    expect((await getResource(accessToken, { headers: { Host: headers.Host } })).status).toBe(200);
  }
});

test("attack 12: issuer and redirects don't follow Host or forwarding headers", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  const evil = {
    Host: "evil.example.test",
    Forwarded: "host=evil.example.test;proto=https",
    "X-Forwarded-Host": "evil.example.test",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "443",
    "X-Original-URL": "/o/token",
    "X-Rewrite-URL": "/o/token",
  };
  const answer = await browser.get(authorizePath(authorizationOf(application, { prompt: "none" })), evil);
  expect(new URL(answer.headers.location ?? "").searchParams.get("iss")).toBe(`${baseUrl}/o`);
  for (const path of [authorizePath(authorizationOf(application)), "/o/applications/", "/admin/login/", "/login"]) {
    const { headers, text } = await browser.get(path, evil);
    expect(JSON.stringify(headers) + text).not.toContain("evil.example.test");
  }
});

test.for(["PUT", "PATCH", "DELETE", "OPTIONS"])(
  "%s at /o/authorize is a 405 that names GET, HEAD and POST",
  async (method) => {
    const answer = await send(method, "/o/authorize/");
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe("GET, HEAD, POST");
  },
);

test("RFC 9110 §9.3.2: HEAD at /o/authorize answers like GET and issues no code, and neither do prefetches", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication({ skipConsent: true });
  const path = authorizePath(authorizationOf(application));
  const cookies = person.cookieHeader(path);
  const head = await send("HEAD", path, { headers: cookies });
  expect([head.status, head.text]).toEqual([303, ""]);
  expect(head.headers.location).toContain(`${application.redirectUri}?code=`);
  expect((await send("OPTIONS", path, { headers: cookies })).status).toBe(405);
  const ahead = [{ "Sec-Purpose": "prefetch" }, { "Sec-Purpose": "prefetch;prerender" }];
  for (const headers of ahead) expect((await person.get(path, headers)).status).toBe(400);
  // Next.js first redirects a request of its router to the address with `_rsc` in the query.
  const routed = await person.get(path, { RSC: "1" });
  expect(routed.headers.location).toMatch(/^\/o\/authorize\/.*_rsc/);
  expect((await person.get(routed.headers.location ?? "", { RSC: "1" })).status).toBe(400);
  expect(await portal.countCodes(application)).toBe(0);
  expect((await person.get(path)).headers.location).toContain("?code=");
  expect(await portal.countCodes(application)).toBe(1);
});

test("other methods at the resource and at forms are a 405", async () => {
  for (const method of ["POST", "PUT", "DELETE"]) {
    const answer = await send(method, "/resource");
    expect(answer.status).toBe(405);
  }
  for (const path of ["/login/submit", "/consent/submit", "/logout/submit"]) {
    for (const method of ["GET", "PUT", "DELETE"]) expect((await send(method, path)).status).toBe(405);
  }
});

test("unknown paths under /o/ are a 404", async () => {
  for (const path of ["/o/", "/o/nothing", "/o/token/x", "/o/authorize/x", "/o/token.json"]) {
    expect((await send("GET", path)).status).toBe(404);
  }
});

test("what one server issues the other one knows, and a flow may change servers at every step", async ({ portal }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication();
  const browser = new BrowserClient({ base: secondBaseUrl });
  const code = await browser.obtainCode(authorizationOf(application), { user });
  const answer = await requestToken(exchangeOf(application, code));
  expectNotCached(answer);
  const elsewhere = { base: secondBaseUrl };
  expect((await getResource(answer.accessToken, elsewhere)).status).toBe(200);
  expectOAuthError(await requestToken(exchangeOf(application, code), elsewhere), 400, "invalid_grant");
  expect((await getResource(answer.accessToken)).status).toBe(401);
});

/** Registration is off here and answers 404 to every method, which its own tests check. */
const offered: Endpoint[] = listEndpoints().filter(({ feature }) => feature === undefined);

test.for(offered)("RFC 9110 §15.5.6: $path answers other methods by a 405 that names its own", async (endpoint) => {
  const { methods, scripts } = endpoint;
  const allowed = [...methods, ...(scripts === "none" ? [] : (["OPTIONS"] as const))];
  for (const path of listPaths(endpoint)) {
    for (const method of everyMethod.filter((name) => !allowed.includes(name))) {
      const answer = await send(method, path.replace("[[...path]]", "resource"));
      expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, allowed.join(", ")]);
      if (method !== "HEAD") expect(JSON.parse(answer.text)).toMatchObject({ error: "invalid_request" });
    }
  }
});
