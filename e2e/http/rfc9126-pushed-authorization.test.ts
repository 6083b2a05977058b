import { expect } from "vitest";
import { authorizePath, BrowserClient, findForm } from "../support/browser-client";
import { secondBaseUrl } from "../support/environment";
import { expectErrorPage, expectNotCached, expectOAuthError } from "../support/expectations";
import { postForm, send } from "../support/http";
import type { Portal, TestApplication } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import {
  authorizationOf,
  basicAuthorization,
  credentialsOf,
  exchangeOf,
  parseJson,
  requestToken,
} from "../support/token-client";
import { untilAdmitted } from "../support/until-admitted";
import { test } from "../support/vitest";

/** What the browser carries to the authorization endpoint. */
interface Reference extends Record<string, string> {
  client_id: string;
  request_uri: string;
}

function push(application: TestApplication, more: Record<string, string> = {}) {
  return postForm("/o/par/", { ...authorizationOf(application), ...credentialsOf(application), ...more });
}

async function obtainReference(application: TestApplication, more: Record<string, string> = {}): Promise<Reference> {
  const answer = await push(application, more);
  expect(answer.status).toBe(201);
  const request_uri = String(parseJson(answer.text).request_uri);
  noteSecret(request_uri);
  return { client_id: application.clientId, request_uri };
}

async function requirePushing(portal: Portal, { id }: TestApplication): Promise<void> {
  const data = { requirePushedAuthorizationRequests: true };
  await portal.database.application.update({ where: { id }, data, select: { id: true } });
}

test("§2.2: 201 with request_uri and expires_in, never cached, with and without a trailing slash", async ({
  portal,
}) => {
  const application = await portal.createApplication();
  for (const path of ["/o/par", "/o/par/"]) {
    const answer = await postForm(path, { ...authorizationOf(application), ...credentialsOf(application) });
    expect(answer.status).toBe(201);
    expectNotCached(answer);
    expect(parseJson(answer.text)).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}$/),
      expires_in: 60,
    });
  }
});

test("§2.3: errors are returned immediately, and nothing is stored", async ({ portal }) => {
  const application = await portal.createApplication();
  const refusals: [Record<string, string>, number, string][] = [
    [{ client_secret: "wrong" }, 401, "invalid_client"],
    [{ client_id: "nobody" }, 401, "invalid_client"],
    [{ redirect_uri: "https://evil.example.test/" }, 400, "invalid_request"],
    [{ redirect_uri: "javascript:alert(1)" }, 400, "invalid_request"],
    [{ request_uri: "urn:ietf:params:oauth:request_uri:x" }, 400, "invalid_request"],
    [{ request: "e30.e30." }, 400, "invalid_request_object"],
    [{ response_type: "token" }, 400, "unsupported_response_type"],
    [{ scope: "bogus" }, 400, "invalid_scope"],
    [{ resource: "https://nobody.example.test/" }, 400, "invalid_target"],
    [{ state: "\0" }, 400, "invalid_request"],
  ];
  for (const [change, status, error] of refusals) expectOAuthError(await push(application, change), status, error);
  const where = { applicationId: application.id };
  expect(await portal.database.pushedAuthorizationRequest.count({ where })).toBe(0);
  for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
    const answer = await send(method, "/o/par/");
    expect({ status: answer.status, allow: answer.headers.allow }).toEqual({ status: 405, allow: "POST, OPTIONS" });
  }
});

test("§4: the whole flow, and neither the request_uri nor the credentials are in the database", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const { request_uri, client_id } = await obtainReference(application, { scope: "read" });
  const [stored] = await portal.database.pushedAuthorizationRequest.findMany({
    where: { applicationId: application.id },
  });
  const record = JSON.stringify(stored);
  expect(record).toContain("scope=read");
  for (const secret of [request_uri, application.clientSecret, "client_secret"]) expect(record).not.toContain(secret);

  const location = await person.authorize({ client_id, request_uri });
  expect(location.searchParams.get("state")).toBe("a state");
  const tokens = await requestToken(exchangeOf(application, location.searchParams.get("code") ?? ""));
  expect(tokens.body.scope).toBe("read");
});

test("§4: parameters beside the request_uri are ignored", async ({ portal, person }) => {
  const application = await portal.createApplication({ skipConsent: true });
  const reference = await obtainReference(application, { scope: "read" });
  const beside = { redirect_uri: "https://evil.example.test/", scope: "write", state: "x", response_mode: "form_post" };
  const location = await person.authorize({ ...beside, ...reference });
  expect(location.href.split("?")[0]).toBe(application.redirectUri);
  expect(location.searchParams.get("state")).toBe("a state");
  const tokens = await requestToken(exchangeOf(application, location.searchParams.get("code") ?? ""));
  expect(tokens.body.scope).toBe("read");
});

test("case 117: used, expired, another client's and unknown ones are a page; another client's attempt uses nothing up", async ({
  portal,
  person,
}) => {
  const [application, other] = [await portal.createApplication(), await portal.createApplication()];
  const reference = await obtainReference(application);
  expectErrorPage(await person.get(authorizePath({ ...reference, client_id: other.clientId })));
  expectErrorPage(await person.get(authorizePath({ ...reference, request_uri: `${reference.request_uri}x` })));
  expectErrorPage(await person.get(`/o/authorize/?${new URLSearchParams({ request_uri: reference.request_uri })}`));
  // Opened any number of times, answered once.
  for (let times = 0; times < 2; times += 1) {
    expect((await person.get(authorizePath(reference))).headers.location).toMatch(/^\/consent\?/);
  }
  expect(await person.obtainCode(reference)).not.toBe("");
  expectErrorPage(await person.get(authorizePath(reference)));

  const late = await obtainReference(application);
  await portal.database.pushedAuthorizationRequest.updateMany({
    where: { applicationId: application.id },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expectErrorPage(await person.get(authorizePath(late)));
  expect(await portal.countCodes(application)).toBe(1);
});

test("case 117: of 50 concurrent uses, at two processes, one is answered", async ({ portal, user }) => {
  const application = await portal.createApplication({ skipConsent: true });
  const reference = await obtainReference(application);
  const browsers = [new BrowserClient(), new BrowserClient({ base: secondBaseUrl })];
  for (const browser of browsers) await browser.signIn(user);
  const uses = Array.from({ length: 25 }, () => browsers).flat();
  const answers = await Promise.all(uses.map((browser) => untilAdmitted(() => browser.get(authorizePath(reference)))));
  expect(answers.filter(({ headers }) => headers.location?.includes("?code="))).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(49);
  expect(await portal.countCodes(application)).toBe(1);
});

test("case 118: if it is required, every other way is refused: GET, POST, silent, by another request_uri", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication({ skipConsent: true });
  await requirePushing(portal, application);
  const paths: Record<string, string>[] = [
    {},
    { prompt: "none" },
    { request: "e30.e30." },
    { request_uri: "https://app.example.test/r" },
  ];
  for (const more of paths) {
    const request = authorizationOf(application, more);
    expectErrorPage(await person.get(authorizePath(request)));
    expectErrorPage(await person.post("/o/authorize/", request));
    expectErrorPage(await postForm("/o/authorize/", request));
  }
  expect(await portal.countCodes(application)).toBe(0);
  expect(await person.obtainCode(await obtainReference(application))).not.toBe("");
  // By POST as well, from another site's page, with the browser's cookies or without.
  const posted = await person.post("/o/authorize/", await obtainReference(application));
  expect(posted.headers.location).toContain("?code=");
});

test("a cross-site POST without cookies uses nothing up before it is posted again; nor do a prefetch and HEAD", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication({ skipConsent: true });
  const reference = await obtainReference(application);
  const headers = { Origin: "https://app.example.test", "Sec-Fetch-Site": "cross-site" };
  const posted = await postForm("/o/authorize/", reference, { headers });
  expect(findForm(posted, "/o/authorize")?.fields).toEqual(reference);
  const path = authorizePath(reference);
  for (const ahead of [{ "Sec-Purpose": "prefetch" }, { "Sec-Purpose": "prefetch;prerender" }]) {
    expect((await person.get(path, ahead)).status).toBe(400);
  }
  expect((await send("HEAD", path, { headers: person.cookieHeader(path) })).headers.location).toContain("?code=");
  expect((await person.post("/o/authorize", reference)).headers.location).toContain("?code=");
});

test("by Basic without a client_id in the body; a public client with its client_id", async ({ portal, person }) => {
  const application = await portal.createApplication({ skipConsent: true });
  const { client_id: _, ...request } = authorizationOf(application);
  const Authorization = basicAuthorization(application.clientId, application.clientSecret);
  const answer = await postForm("/o/par/", request, { headers: { Authorization } });
  expect(answer.status).toBe(201);
  const request_uri = String(parseJson(answer.text).request_uri);
  expect(await person.obtainCode({ client_id: application.clientId, request_uri })).not.toBe("");
  const other = await portal.createApplication();
  expectOAuthError(
    await postForm("/o/par/", authorizationOf(other), { headers: { Authorization } }),
    400,
    "invalid_request",
  );

  const native = await portal.createPublicApplication();
  expectOAuthError(await push(native), 400, "invalid_request");
  const challenge = { code_challenge: "x".repeat(43), code_challenge_method: "S256" };
  expect(await person.obtainCode(await obtainReference(native, challenge))).not.toBe("");
});

test("scripts from an application's own origins may push, others may not read the answer", async ({ portal }) => {
  const application = await portal.createApplication();
  const origin = `https://${application.clientId.toLowerCase()}.example.test`;
  const { id } = application;
  await portal.database.application.update({ where: { id }, data: { allowedOrigins: [origin] }, select: { id: true } });
  const fields = { ...authorizationOf(application), ...credentialsOf(application) };
  const readable = async (from: string) => {
    const headers = { Origin: from };
    const preflight = await send("OPTIONS", "/o/par/", {
      headers: { ...headers, "Access-Control-Request-Method": "POST" },
    });
    const answer = await postForm("/o/par/", fields, { headers });
    return [preflight, answer].map((each) => each.headers["access-control-allow-origin"]);
  };
  expect(await readable(origin)).toEqual([origin, origin]);
  expect(await readable("https://evil.example.test")).toEqual([undefined, undefined]);
});
