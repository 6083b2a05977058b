import { expect } from "vitest";
import { authorizePath } from "../support/browser-client";
import { baseUrl } from "../support/environment";
import { expectErrorPage, expectErrorRedirect } from "../support/expectations";
import { readForms } from "../support/html";
import { encodeForm, formType, postForm, send } from "../support/http";
import { authorizationOf, createPkcePair, parseJson } from "../support/token-client";
import { test } from "../support/vitest";

const fromElsewhere = { Origin: "https://app.example.test", "Sec-Fetch-Site": "cross-site" };

function without(parameters: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== name));
}

test("case 25: signed out, a 303 to the login page with only an opaque ID", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  const answer = await browser.get(authorizePath(authorizationOf(application)));
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toMatch(/^\/login\?authorization_request=[A-Za-z0-9_-]{43}$/);
});

test("cases 26 and 27: an unknown client and none are a page, also with prompt=none (attack 16)", async ({
  portal,
  browser,
}) => {
  const { redirectUri } = await portal.createApplication();
  const request = { response_type: "code", redirect_uri: redirectUri };
  for (const clientId of ["nobody", " ", "\0", "é", "a".repeat(1000), "<script>alert(1)</script>"]) {
    const answer = await browser.get(authorizePath({ ...request, client_id: clientId, prompt: "none" }));
    expectErrorPage(answer);
    expect(answer.text).not.toContain("<script");
  }
  expectErrorPage(await browser.get(authorizePath(request)));
  expectErrorPage(await browser.get("/o/authorize/"));
});

test("case 34: the redirect URI is optional if one is registered, but not if two are", async ({ portal, browser }) => {
  const one = await portal.createApplication();
  const two = await portal.createApplication({ redirectUris: [`${baseUrl}/a`, `${baseUrl}/b`] });
  const none = await portal.createMachine();
  const open = (application: typeof one) =>
    browser.get(authorizePath(without(authorizationOf(application), "redirect_uri")));
  expect((await open(one)).headers.location).toMatch(/^\/login\?/);
  expectErrorPage(await open(two));
  expectErrorPage(await open(none));
});

test.for(["state", "client_id", "redirect_uri", "response_type", "scope", "code_challenge", "prompt", "colour"])(
  "case 36: %s twice is a page",
  async (name, { portal, browser }) => {
    const application = await portal.createApplication();
    const once: Record<string, string> = { ...authorizationOf(application), scope: "read", prompt: "login" };
    const pair = encodeForm({ [name]: once[name] ?? "x" });
    expectErrorPage(await browser.get(`${authorizePath(without(once, name))}&${pair}&${pair}`));
  },
);

test.for([
  ["case 37: no response_type", { response_type: "" }, "invalid_request"],
  ["case 38: an unknown response_type", { response_type: "foo" }, "unsupported_response_type"],
  // RFC 9700 §2.1.2: no token in the front channel, for any client.
  ["case 39: response_type=token", { response_type: "token" }, "unsupported_response_type"],
  ["case 39: response_type=code token", { response_type: "code token" }, "unsupported_response_type"],
  ["case 41: the method S512", { code_challenge: "x".repeat(43), code_challenge_method: "S512" }, "invalid_request"],
  ["the method plain", { code_challenge: "x".repeat(43), code_challenge_method: "plain" }, "invalid_request"],
  ["a challenge without a method, which is plain", { code_challenge: "x".repeat(43) }, "invalid_request"],
  ["a method without a challenge", { code_challenge_method: "S256" }, "invalid_request"],
  [
    "a challenge of 42 characters",
    { code_challenge: "x".repeat(42), code_challenge_method: "S256" },
    "invalid_request",
  ],
  ["a challenge of 43 others", { code_challenge: "+".repeat(43), code_challenge_method: "S256" }, "invalid_request"],
  ["case 42: an unknown scope", { scope: "bogus" }, "invalid_scope"],
  ["case 42: a malformed scope", { scope: 'read"' }, "invalid_scope"],
  ["case 23: an unknown resource", { resource: "https://api.example.test" }, "invalid_target"],
  ["an unknown prompt", { prompt: "perhaps" }, "invalid_request"],
  ["none with another prompt", { prompt: "none login" }, "invalid_request"],
  ["an unknown approval_prompt", { approval_prompt: "maybe" }, "invalid_request"],
  ["an unknown response_mode", { response_mode: "web_message" }, "invalid_request"],
  ["a max_age in words", { max_age: "soon" }, "invalid_request"],
  ["a malformed dpop_jkt", { dpop_jkt: "short" }, "invalid_request"],
  ["a request object", { request: "e30.e30." }, "invalid_request_object"],
  ["a request_uri that is not registered", { request_uri: "https://app.example.test/r" }, "invalid_request_uri"],
  ["case 52: nobody signed in, prompt=none", { prompt: "none" }, "login_required"],
] satisfies [string, Record<string, string>, string][])(
  "%s is an error redirect with state and iss",
  async ([, change, error], { portal, browser }) => {
    const application = await portal.createApplication();
    const answer = await browser.get(authorizePath({ ...authorizationOf(application), ...change }));
    expectErrorRedirect(answer, application.redirectUri, error);
    expect(await portal.countCodes(application)).toBe(0);
  },
);

test("case 39: an application without the code grant is an unauthorized_client", async ({ portal, browser }) => {
  const machine = await portal.createMachine({ redirectUris: ["https://app.example.test/cb"] });
  const answer = await browser.get(authorizePath(authorizationOf(machine)));
  expectErrorRedirect(answer, machine.redirectUri, "unauthorized_client");
});

test("case 40: PKCE is required for public clients and for those registered so", async ({ portal, browser }) => {
  const applications = [await portal.createPublicApplication(), await portal.createApplication({ requirePkce: true })];
  for (const application of applications) {
    const request = authorizationOf(application);
    expectErrorRedirect(await browser.get(authorizePath(request)), application.redirectUri, "invalid_request");
    const challenge = { code_challenge: createPkcePair().challenge, code_challenge_method: "S256" };
    expect((await browser.get(authorizePath({ ...request, ...challenge }))).headers.location).toMatch(/^\/login\?/);
  }
});

test("case 49: a POST with an unknown client is a page", async () => {
  expectErrorPage(await postForm("/o/authorize/", { client_id: "nobody", response_type: "code", allow: "Authorize" }));
});

test("case 52: prompt=none with an unregistered redirect URI is a page, no redirect", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  const request = { ...authorizationOf(application), prompt: "none", redirect_uri: "https://evil.example.test/" };
  expectErrorPage(await browser.get(authorizePath(request)));
});

test("case 55: malformed percent-encoding, or bytes that aren't UTF-8, is an invalid_request", async ({
  portal,
  browser,
}) => {
  const good = authorizePath(authorizationOf(await portal.createApplication()));
  for (const broken of ["client_id=%zz", "client_id=%", "client_id=%ff", "state=%c3%28", "%zz=1"]) {
    for (const path of [`/o/authorize/?${broken}`, `${good}&x${broken}`]) {
      const answer = await browser.get(path);
      expect({ status: answer.status, error: parseJson(answer.text).error }).toEqual({
        status: 400,
        error: "invalid_request",
      });
    }
    expectErrorPage(await send("POST", "/o/authorize/", { headers: { "Content-Type": formType }, body: broken }));
  }
});

test("a state comes back unchanged, whatever it contains", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  for (const state of ["a&b=c#d", "ünï ✓", "%41", "+ +", "<script>", "x".repeat(4096)]) {
    const answer = await browser.get(authorizePath({ ...authorizationOf(application), state, prompt: "none" }));
    expectErrorRedirect(answer, application.redirectUri, "login_required", state);
  }
});

test("a state that is too long or contains control characters is refused and not sent on", async ({
  portal,
  browser,
}) => {
  const application = await portal.createApplication();
  for (const state of ["\0", "a\r\nSet-Cookie: a=b", "x".repeat(4097)]) {
    const answer = await browser.get(authorizePath({ ...authorizationOf(application), state }));
    expect(answer.status).toBe(303);
    expect(new URL(answer.headers.location ?? "").searchParams.get("error")).toBe("invalid_request");
    expect(answer.headers["set-cookie"]?.join() ?? "").not.toContain("a=b");
  }
});

test("the registered query of the redirect URI stays (RFC 6749 §3.1.2)", async ({ portal, browser }) => {
  const redirectUri = "https://app.example.test/cb?tenant=a%20b&x";
  const application = await portal.createApplication({ redirectUris: [redirectUri] });
  const answer = await browser.get(authorizePath({ ...authorizationOf(application), prompt: "none" }));
  expect(answer.headers.location).toMatch(/^https:\/\/app\.example\.test\/cb\?tenant=a%20b&x&error=login_required&/);
});

test("without a state there is none in the response", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  const request = { ...without(authorizationOf(application), "state"), prompt: "none" };
  const location = new URL((await browser.get(authorizePath(request))).headers.location ?? "");
  expect([...location.searchParams.keys()]).toEqual(["error", "error_description", "iss"]);
});

test("a cross-site POST without cookies is posted again by our own page, if the browser has them", async ({
  portal,
  browser,
}) => {
  const application = await portal.createApplication();
  // Longer than proxies accept in an address: stock nginx takes 4 kB, this server 32 kB.
  const request = { ...authorizationOf(application), ignored: "x".repeat(60_000) };
  const answer = await postForm("/o/authorize/", request, { headers: fromElsewhere });
  expect(answer.status).toBe(200);
  expect(answer.headers.location).toBeUndefined();
  expect(answer.headers["set-cookie"]).toBeUndefined();
  expect(answer.headers["x-frame-options"]).toBe("DENY");
  expect(await portal.database.authorizationRequest.count({ where: { applicationId: application.id } })).toBe(0);
  const [form] = readForms(answer.text);
  expect(form).toMatchObject({ action: "/o/authorize", fields: request });
  const next = await browser.post("/o/authorize", form?.fields ?? {});
  expect(next.headers.location).toMatch(/^\/login\?authorization_request=/);
  expect(next.headers["set-cookie"]).toBeDefined();
});

test("a silent request may be framed by the origin that it answers to, and by no other", async ({ portal }) => {
  const application = await portal.createApplication();
  const request = { ...authorizationOf(application), prompt: "none" };
  const answer = await postForm("/o/authorize", request, { headers: fromElsewhere });
  expect(answer.headers["content-security-policy"]).toContain(
    `frame-ancestors ${new URL(application.redirectUri).origin}`,
  );
  const elsewhere = { ...request, redirect_uri: "https://evil.example/cb" };
  const refused = await postForm("/o/authorize", elsewhere, { headers: fromElsewhere });
  expect(refused.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
});

test("a cross-site POST with bytes that can't be in an address comes back as text", async ({ portal }) => {
  const { clientId } = await portal.createApplication();
  const state = `"><script>é</script>\r\nX-Injected: 1`;
  const body = Buffer.from(`client_id=${clientId}&state=${state}&response_type=code`);
  const answer = await send("POST", "/o/authorize/", { headers: { "Content-Type": formType }, body });
  expect(answer.status).toBe(200);
  expect(answer.headers["x-injected"]).toBeUndefined();
  expect(answer.text).not.toContain("<script>é");
});

test("a POST from our own page never loops", async ({ portal }) => {
  const application = await portal.createApplication();
  const own = { "Sec-Fetch-Site": "same-origin", Origin: "null" };
  const answer = await postForm("/o/authorize", authorizationOf(application), { headers: own });
  expect(answer.headers.location).toMatch(/^\/login\?authorization_request=/);
});

test("a GET whose cookie is missing is a page, not a redirect to itself", async ({ portal, browser }) => {
  const application = await portal.createApplication();
  browser.setCookie("browser", "");
  expectErrorPage(await browser.get(authorizePath(authorizationOf(application))));
});

test("no CORS on the authorization endpoint (RFC 9700 §2.6)", async ({ portal }) => {
  const application = await portal.createApplication();
  const headers = { Origin: "https://app.example.test", "Access-Control-Request-Method": "GET" };
  for (const method of ["GET", "OPTIONS", "POST"]) {
    const answer = await send(method, authorizePath(authorizationOf(application)), { headers });
    const cors = Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"));
    expect(cors).toEqual([]);
  }
});
