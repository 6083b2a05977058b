import { expect } from "vitest";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import { encodeForm, formType, postForm, send } from "../support/http";
import { authorizationOf, credentialsOf, exchangeOf, readTokenAnswer, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const clientCredentials = { grant_type: "client_credentials" };

function postBody(body: string, headers: Record<string, string> = { "Content-Type": formType }) {
  return send("POST", "/o/token/", { headers, body });
}

test("case 9: without a grant_type, invalid_request", async ({ portal }) => {
  const machine = await portal.createMachine();
  expectOAuthError(await requestToken(credentialsOf(machine)), 400, "invalid_request");
  // RFC 6749 §3.1: a parameter without a value counts as omitted.
  expectOAuthError(await requestToken({ ...credentialsOf(machine), grant_type: "" }), 400, "invalid_request");
});

test.for(["foo", "password", "implicit", "CLIENT_CREDENTIALS", "__proto__", "constructor", "toString"])(
  "case 10, attack 34: the grant type %s is an unsupported_grant_type",
  async (grantType, { portal }) => {
    const machine = await portal.createMachine();
    const answer = await requestToken({ ...credentialsOf(machine), grant_type: grantType });
    expectOAuthError(answer, 400, "unsupported_grant_type");
  },
);

test.for(["grant_type", "client_id", "client_secret", "scope", "code", "redirect_uri", "refresh_token", "unknown"])(
  "case 11: %s twice is an invalid_request, whatever its values",
  async (name, { portal }) => {
    const machine = await portal.createMachine();
    const once = { scope: "read", ...clientCredentials, ...credentialsOf(machine) };
    const value = new Map(Object.entries(once)).get(name) ?? "x";
    const rest = encodeForm(Object.fromEntries(Object.entries(once).filter(([key]) => key !== name)));
    const pair = encodeForm({ [name]: value });
    expectOAuthError(await postBody(`${rest}&${pair}&${pair}`), 400, "invalid_request");
  },
);

test("case 12: parameters in the URL are an invalid_request", async ({ portal }) => {
  const machine = await portal.createMachine();
  const form = { ...clientCredentials, ...credentialsOf(machine) };
  expectOAuthError(await postForm("/o/token/?a=1", form), 400, "invalid_request");
  expectOAuthError(await postForm(`/o/token/?${encodeForm(form)}`, {}), 400, "invalid_request");
});

test.for(["GET", "HEAD", "PUT", "PATCH", "DELETE"])("case 13: %s is a 405 that names POST", async (method) => {
  const answer = await send(method, "/o/token/", { headers: { Origin: "https://app.example.test" } });
  expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  expect(answer.status).toBe(405);
  expect(answer.headers.allow).toBe("POST, OPTIONS");
  expectNotCached(answer);
});

test.for([
  "application/json",
  "multipart/form-data; boundary=x",
  "text/plain",
  "application/x-www-form-urlencodedx",
  "",
])("cases 14 and 15: the content type %j is a clear 415", async (contentType, { portal }) => {
  const machine = await portal.createMachine();
  const body = JSON.stringify({ ...clientCredentials, ...credentialsOf(machine) });
  expectOAuthError(await postBody(body, contentType ? { "Content-Type": contentType } : {}), 415, "invalid_request");
});

test.for(["application/x-www-form-urlencoded; charset=UTF-8", "APPLICATION/X-WWW-FORM-URLENCODED", `${formType};`])(
  "the content type %j is a form",
  async (contentType, { portal }) => {
    const machine = await portal.createMachine();
    const body = encodeForm({ ...clientCredentials, ...credentialsOf(machine) });
    expect((await postBody(body, { "Content-Type": contentType })).status).toBe(200);
  },
);

test("case 20: a code at an application without that grant type is an unauthorized_client", async ({ portal }) => {
  const machine = await portal.createMachine();
  const fields = { grant_type: "authorization_code", ...credentialsOf(machine), code: "x", redirect_uri: "x" };
  expectOAuthError(await requestToken(fields), 400, "unauthorized_client");
  const refresh = { grant_type: "refresh_token", ...credentialsOf(machine), refresh_token: "x" };
  expectOAuthError(await requestToken(refresh), 400, "unauthorized_client");
});

test("case 21: client credentials at an application for the code grant are an unauthorized_client", async ({
  portal,
}) => {
  const application = await portal.createApplication();
  const answer = await requestToken({ ...clientCredentials, ...credentialsOf(application) });
  expectOAuthError(answer, 400, "unauthorized_client");
});

test("case 23: a resource is an unknown target (RFC 8707 §2), once or twice", async ({ portal }) => {
  const machine = await portal.createMachine();
  const form = encodeForm({ ...clientCredentials, ...credentialsOf(machine) });
  expectOAuthError(await postBody(`${form}&resource=nope`), 400, "invalid_target");
  expectOAuthError(
    await postBody(`${form}&resource=https%3A%2F%2Fa.test&resource=https%3A%2F%2Fb.test`),
    400,
    "invalid_target",
  );
});

test("case 24: without the trailing slash it is served, not redirected", async ({ portal }) => {
  const machine = await portal.createMachine();
  for (const path of ["/o/token", "/o/token/"]) {
    const answer = readTokenAnswer(await postForm(path, { ...clientCredentials, ...credentialsOf(machine) }));
    expect(answer.status).toBe(200);
  }
});

test("an application may have several grant types", async ({ portal, browser }) => {
  const user = await portal.createUser();
  const application = await portal.createApplication({ grantTypes: ["authorization_code", "client_credentials"] });
  expect((await requestToken({ ...clientCredentials, ...credentialsOf(application) })).status).toBe(200);
  const code = await browser.obtainCode(authorizationOf(application), { user });
  const answer = await requestToken(exchangeOf(application, code));
  // No refresh token without its grant type.
  expect(Object.keys(answer.body)).toEqual(["access_token", "expires_in", "token_type", "scope"]);
});

test("unknown parameters are ignored (RFC 6749 §3.2)", async ({ portal }) => {
  const machine = await portal.createMachine();
  const answer = await requestToken({ ...clientCredentials, ...credentialsOf(machine), colour: "blue", empty: "" });
  expect(answer.status).toBe(200);
});
