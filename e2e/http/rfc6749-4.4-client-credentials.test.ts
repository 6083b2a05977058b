import { expect } from "vitest";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import type { TestApplication } from "../support/portal";
import { basicAuthorization, credentialsOf, getResource, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const clientCredentials = { grant_type: "client_credentials" };

function basic({ clientId, clientSecret }: TestApplication) {
  return { headers: { Authorization: basicAuthorization(clientId, clientSecret) } };
}

test("case 1: with Basic, exactly four keys in the known order, and nothing cached", async ({ portal }) => {
  const machine = await portal.createMachine();
  const answer = await requestToken(clientCredentials, basic(machine));
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.body)).toEqual(["access_token", "expires_in", "token_type", "scope"]);
  expect(answer.body).toMatchObject({ expires_in: 36_000, token_type: "Bearer", scope: "read write" });
  expect(answer.headers["content-type"]).toMatch(/^application\/json\b/);
  expectNotCached(answer);
});

test("case 2: with credentials in the body and a scope, that scope", async ({ portal }) => {
  const machine = await portal.createMachine();
  const answer = await requestToken({ ...clientCredentials, ...credentialsOf(machine), scope: "read" });
  expect(answer.status).toBe(200);
  expect(answer.body.scope).toBe("read");
});

test("case 3: without a scope, the default ones that the application may have", async ({ portal }) => {
  const extra = await portal.createScope({ isDefault: true, isRestricted: true });
  const plain = await portal.createMachine();
  const limited = await portal.createMachine({ allowedScopes: ["read", extra] });
  expect((await requestToken(clientCredentials, basic(plain))).body.scope).toBe("read write");
  const scopes = String((await requestToken(clientCredentials, basic(limited))).body.scope).split(" ");
  expect(scopes.sort()).toEqual(["read", extra].sort());
});

test("RFC 8707 §2: at an API, without a scope, its default scopes, or all that aren't restricted if none is default", async ({
  portal,
}) => {
  const [more, restricted] = [await portal.createScope(), await portal.createScope({ isRestricted: true })];
  const usual = await portal.createApi({ scopes: [more, "read", restricted] });
  const special = await portal.createApi({ scopes: [restricted, more] });
  const closed = await portal.createApi({ scopes: [restricted] });
  const plain = await portal.createMachine();
  const limited = await portal.createMachine({ allowedScopes: [more, restricted] });
  const ask = (machine: TestApplication, { identifier: resource }: { identifier: string }) =>
    requestToken({ ...clientCredentials, resource }, basic(machine));
  expect((await ask(plain, usual)).body.scope).toBe("read");
  expect((await ask(plain, special)).body.scope).toBe(more);
  expect((await ask(limited, usual)).body.scope).toBe(more);
  expect((await ask(limited, special)).body.scope).toBe(more);
  for (const machine of [plain, limited]) expectOAuthError(await ask(machine, closed), 400, "invalid_scope");
});

test.for([
  ["an unknown scope", "bogus"],
  ["a known and an unknown one", "read bogus"],
  ["characters outside RFC 6749 §3.3", 'read"'],
  ["letters outside ASCII", "réad"],
  ["nothing but spaces", "  "],
])("case 4: %s is an invalid_scope", async ([, scope = ""], { portal }) => {
  const machine = await portal.createMachine();
  expectOAuthError(await requestToken({ ...clientCredentials, scope }, basic(machine)), 400, "invalid_scope");
});

test("case 4: a restricted scope is only for applications whose list names it", async ({ portal }) => {
  const scope = await portal.createScope({ isRestricted: true });
  const [allowed, other] = [await portal.createMachine({ allowedScopes: [scope] }), await portal.createMachine()];
  expect((await requestToken({ ...clientCredentials, scope }, basic(allowed))).body.scope).toBe(scope);
  expectOAuthError(await requestToken({ ...clientCredentials, scope }, basic(other)), 400, "invalid_scope");
  expectOAuthError(await requestToken({ ...clientCredentials, scope: "read" }, basic(allowed)), 400, "invalid_scope");
});

test("case 19: a public client has not authenticated, which is invalid_client", async ({ portal }) => {
  const application = await portal.createPublicApplication();
  const answer = await requestToken({ ...clientCredentials, client_id: application.clientId });
  expectOAuthError(answer, 401, "invalid_client");
});

test("the token represents the application, and no user", async ({ portal }) => {
  const machine = await portal.createMachine();
  const { accessToken } = await requestToken(clientCredentials, basic(machine));
  const resource = await getResource(accessToken);
  expect(JSON.parse(resource.text)).toMatchObject({ user: null, application: { client_id: machine.clientId } });
});

test("each answer has its own token, all of them valid", async ({ portal }) => {
  const machine = await portal.createMachine();
  const answers = await Promise.all(Array.from({ length: 5 }, () => requestToken(clientCredentials, basic(machine))));
  const tokens = answers.map(({ accessToken }) => accessToken);
  expect(new Set(tokens).size).toBe(5);
  // RFC 6749 §10.10 and RFC 9700: at least 128 bits; here 256 as base64url.
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  const statuses = await Promise.all(tokens.map(async (token) => (await getResource(token)).status));
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
});
