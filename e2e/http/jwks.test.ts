import { randomBytes } from "node:crypto";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, expect } from "vitest";
import { baseUrl, databaseUrl, issuer, secondBaseUrl } from "../support/environment";
import { type Answer, send } from "../support/http";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import { publishEveryKey } from "../support/publish-every-key";
import { credentialsOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";
import { waitFor } from "../support/wait-for";

const path = "/o/.well-known/jwks.json";
const getKeys = (base = baseUrl) => send("GET", path, { base });
const parse = ({ text }: Answer): JSONWebKeySet => JSON.parse(text);

test("RFC 8414 §2 jwks_uri: a key for each algorithm, public members only, the same from both servers", async ({
  portal,
}) => {
  await publishEveryKey(portal);
  const [first, second] = await Promise.all([getKeys(), getKeys(secondBaseUrl)]);
  expect(first.status).toBe(200);
  expect(first.headers["content-type"]).toMatch(/^application\/json\b/);
  // Another test may have rotated keys.
  const { keys } = parse(first);
  expect(new Set(keys.map(({ alg }) => alg))).toEqual(new Set(["ES256", "EdDSA", "PS256", "RS256"]));
  const publicMembers = ["alg", "crv", "e", "kid", "kty", "n", "use", "x", "y"];
  for (const key of keys) {
    expect(key.use).toBe("sig");
    expect(key.kid).toMatch(/^[\w-]{43}$/);
    expect(Object.keys(key).filter((name) => !publicMembers.includes(name))).toEqual([]);
  }
  expect(parse(second).keys).toEqual(keys);
});

test("case 105: caches may keep it for an hour, and every site's scripts may read it", async () => {
  for (const target of [path, `${path}/`]) {
    const answer = await send("GET", target, { headers: { Origin: "https://app.example.test" } });
    expect(answer.status).toBe(200);
    expect(answer.headers["cache-control"]).toBe("public, max-age=3600");
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    expect(answer.headers["set-cookie"]).toBeUndefined();
  }
  const head = await send("HEAD", path);
  expect([head.status, head.text]).toEqual([200, ""]);
});

test("the preflight of a script is answered, any other method isn't", async () => {
  const asked = { Origin: "https://app.example.test", "Access-Control-Request-Method": "GET" };
  const preflight = await send("OPTIONS", path, { headers: asked });
  expect(preflight.status).toBe(204);
  expect(preflight.headers["access-control-allow-methods"]).toBe("GET, HEAD");
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const answer = await send(method, path);
    expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD, OPTIONS"]);
  }
});

test("what either server signs is verified with these keys", async ({ portal }) => {
  const machine = await portal.createMachine();
  const api = await portal.createApi({ tokenFormat: "jwt" });
  const keys = createLocalJWKSet(parse(await getKeys()));
  const request = { grant_type: "client_credentials", ...credentialsOf(machine), resource: api.identifier };
  for (const base of [baseUrl, secondBaseUrl]) {
    const { accessToken } = await requestToken(request, { base });
    const { payload } = await jwtVerify(accessToken, keys, { issuer, audience: api.identifier, typ: "at+jwt" });
    expect(payload.client_id).toBe(machine.clientId);
  }
});

const installation = new OwnInstallation();
let stranger: OwnServer;

const newcomers = new OwnInstallation();

test("RFC 7517 §5: no Ed25519 key before an application needs it, and then one that is published first", async () => {
  const server = await newcomers.start({ env: { DYNAMIC_REGISTRATION: "open" } });
  const readAlgorithms = async () => parse(await getKeys(server.baseUrl)).keys.map(({ alg }) => alg);
  expect(await readAlgorithms()).toEqual(["RS256", "PS256", "ES256"].sort());
  const metadata = { redirect_uris: ["https://app.example.com/cb"], id_token_signed_response_alg: "EdDSA" };
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify(metadata);
  const registered = await send("POST", "/o/register/", { base: server.baseUrl, headers, body });
  expect(registered.status).toBe(201);
  expect(await readAlgorithms()).toContain("EdDSA");
});

afterAll(() => newcomers.remove());

/** A server on the same database with a different AUTH_SECRET. */
beforeAll(async () => {
  // Makes the servers that know the secret create the keys.
  await getKeys();
  const env = { DATABASE_URL: databaseUrl, AUTH_SECRET: randomBytes(33).toString("base64url") };
  stranger = await installation.start({ publicUrl: baseUrl, env });
});

afterAll(() => installation.remove());

test("another AUTH_SECRET: the server runs, its log says what is wrong, and only what needs a signature fails", async ({
  portal,
}) => {
  const { baseUrl: base } = stranger;
  const machine = await portal.createMachine();
  const api = await portal.createApi({ tokenFormat: "jwt" });
  const request = { grant_type: "client_credentials", ...credentialsOf(machine) };
  const before = parse(await getKeys(base));

  const refused = await requestToken({ ...request, resource: api.identifier }, { base });
  expect([refused.status, refused.body.error]).toEqual([500, "server_error"]);
  expect(refused.text).not.toContain("AUTH_SECRET");
  // A process's output can arrive at any time.
  const isLogged = async () => stranger.output().includes("AUTH_SECRET is not the one that they were stored under");
  await waitFor("the reason in its log", isLogged);

  expect((await requestToken(request, { base })).status).toBe(200);
  expect(parse(await getKeys(base))).toEqual(before);
  expect((await requestToken({ ...request, resource: api.identifier })).status).toBe(200);
});
