import * as oauth4webapi from "oauth4webapi";
import * as openidClient from "openid-client";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { digest } from "@/lib/oauth/wire/digest";
import { systemContext } from "@/lib/services/context";
import { revokeInitialAccessToken } from "@/lib/services/registrations/revoke-initial-access-tokens";
import { baseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import { send } from "../support/http";
import {
  expectInvalidToken,
  type InitialAccessToken,
  machine,
  RegistrationServers,
  webApp,
} from "../support/registration";
import { test } from "../support/vitest";

const servers = new RegistrationServers();
/** Valid for every registration in these tests. */
let token = "";

beforeAll(async () => {
  await servers.start();
  await servers.forgetAttempts();
  ({ token } = await servers.createToken());
});

afterAll(async () => {
  await servers.forgetAttempts();
  await servers.cleanUp();
});

function countUses({ id }: InitialAccessToken) {
  const select = { uses: true, lastUsedAt: true };
  return servers.database.initialAccessToken.findUniqueOrThrow({ where: { id }, select });
}

describe("§3: where it is offered", () => {
  test.for(["/o/register", "/o/register/", "/o/register/some-client"])(
    "while registration is off, nothing is at %s, for any method",
    async (path) => {
      for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        const answer = await send(method, path, { headers: { Authorization: `Bearer ${token}` } });
        expect({ method, status: answer.status }).toEqual({ method, status: 404 });
      }
      expectOAuthError(await send("POST", path), 404, "not_found");
    },
  );

  test("with and without the trailing slash; by POST only; scripts of any page may register", async () => {
    const headers = {
      "Content-Type": "application/json",
      Authorization: `Bearer ${token}`,
      Origin: "https://a.example",
    };
    const body = JSON.stringify({ ...machine, redirect_uris: [] });
    for (const path of ["/o/register", "/o/register/"]) {
      const answer = await send("POST", path, { base: servers.tokenBase, headers, body });
      expect(answer.status).toBe(201);
      servers.adopt(JSON.parse(answer.text).client_id, JSON.parse(answer.text).client_secret);
      expect(answer.headers["access-control-allow-origin"]).toBe("*");
      const preflight = await send("OPTIONS", path, { base: servers.tokenBase, headers: { Origin: headers.Origin } });
      expect(preflight.status).toBe(204);
      expect(preflight.headers).toMatchObject({
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "Authorization, *",
      });
      const refusals = [
        ...["GET", "PUT", "DELETE"].map((method) => [405, method, { headers }] as const),
        [400, "POST", { headers, body: "{" }] as const,
        [415, "POST", { headers: { ...headers, "Content-Type": "text/plain" }, body }] as const,
        [413, "POST", { headers, body: "1".repeat(200_000) }] as const,
        [401, "POST", { headers: { ...headers, Authorization: "Bearer unknown" }, body }] as const,
        [401, "POST", { headers: { ...headers, Authorization: "Basic eA==" }, body }] as const,
      ];
      for (const [status, method, sending] of refusals) {
        const refusal = await send(method, path, { base: servers.tokenBase, ...sending });
        expect([refusal.status, refusal.headers["access-control-allow-origin"]]).toEqual([status, "*"]);
        expect(refusal.headers["access-control-allow-credentials"]).toBeUndefined();
        if (status === 405) expect(refusal.headers.allow).toBe("POST, OPTIONS");
      }
    }
  });
});

describe("§3: the initial access token", () => {
  test("none, another scheme, an unknown one: 401 with a challenge, and nothing is registered (case 114)", async () => {
    const before = await servers.database.application.count({ where: { name: "Nobody" } });
    const metadata = { ...webApp, client_name: "Nobody" };
    const absent = await servers.register(metadata);
    expectInvalidToken(absent);
    expect(absent.headers["www-authenticate"]).toBe('Bearer realm="Latchkey"');
    for (const Authorization of ["Basic eDp5", "Bearer", `Token ${token}`, `Bearer ${token} ${token}`]) {
      const answer = await servers.register(metadata, { headers: { Authorization } });
      expectInvalidToken(answer);
      expect(answer.headers["www-authenticate"]).toContain('error="invalid_token"');
    }
    expectInvalidToken(await servers.register(metadata, { token: "unknown" }));
    expect(await servers.database.application.count({ where: { name: "Nobody" } })).toBe(before);
  });

  test("expired or revoked: 401, at the open server as well", async () => {
    const expired = await servers.createToken();
    const where = { id: expired.id };
    await servers.database.initialAccessToken.update({ where, data: { expiresAt: new Date() }, select: { id: true } });
    const revoked = await servers.createToken();
    expect((await servers.register(webApp, { token: revoked.token })).status).toBe(201);
    await revokeInitialAccessToken(systemContext(), { id: revoked.id });
    for (const { token } of [expired, revoked]) {
      expectInvalidToken(await servers.register(webApp, { token }));
      expectInvalidToken(await servers.register(webApp, { token, base: servers.openBase }));
    }
  });

  test("is stored as a digest, and its uses are counted; a refused registration uses up none", async () => {
    const limited = await servers.createToken({ uses: 2 });
    const row = await servers.database.initialAccessToken.findUniqueOrThrow({ where: { id: limited.id } });
    expect(row.tokenHash).toBe(digest(limited.token));
    expect(JSON.stringify(row)).not.toContain(limited.token);
    expectOAuthError(await servers.register({}, { token: limited.token }), 400, "invalid_redirect_uri");
    expect(await countUses(limited)).toEqual({ uses: 0, lastUsedAt: null });
    for (const uses of [1, 2]) {
      expect((await servers.register(webApp, { token: limited.token })).status).toBe(201);
      expect(await countUses(limited)).toEqual({ uses, lastUsedAt: expect.any(Date) });
    }
    expectInvalidToken(await servers.register(webApp, { token: limited.token }));
    expect((await countUses(limited)).uses).toBe(2);
  });

  test("parallel registrations at two servers don't exceed its maximum", async () => {
    await servers.forgetAttempts();
    const limited = await servers.createToken({ uses: 3 });
    const metadata = { ...webApp, client_name: "One of three" };
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        servers.register(metadata, {
          token: limited.token,
          base: index % 2 === 0 ? servers.tokenBase : servers.openBase,
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(13);
    expect((await countUses(limited)).uses).toBe(3);
    expect(await servers.database.application.count({ where: { name: metadata.client_name } })).toBe(3);
    await servers.forgetAttempts();
  });
});

describe("open registration", () => {
  test("needs no token, and refuses an invalid one", async () => {
    const answer = await servers.register(webApp, { base: servers.openBase });
    expect(answer.status).toBe(201);
    expect(answer.body.registration_client_uri).toBe(`${servers.openBase}/o/register/${answer.clientId}`);
    expectInvalidToken(await servers.register(webApp, { base: servers.openBase, token: "unknown" }));
  });

  test("is limited by network: 429 with the time to wait; clients with a token are let through", async () => {
    await servers.forgetAttempts();
    const base = servers.openBase;
    const statuses: number[] = [];
    for (let count = 0; count < 20; count++) statuses.push((await servers.register({}, { base })).status);
    expect(new Set(statuses)).toEqual(new Set([400]));
    const refused = await servers.register(webApp, { base });
    expectOAuthError(refused, 429, "invalid_request");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(3500);
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(3600);
    // The same at the other server: attempts are counted across all processes.
    expect((await servers.register(webApp, { token: "unknown" })).status).toBe(429);
    const headers = { "X-Forwarded-For": "203.0.113.7" };
    expect((await servers.register(webApp, { base, headers })).status).toBe(429);
    expect((await servers.register(webApp, { base, token })).status).toBe(201);
    await servers.forgetAttempts();
    expect((await servers.register(webApp, { base })).status).toBe(201);
  });

  test("the limit is a setting", async () => {
    await servers.forgetAttempts();
    const generous = new RegistrationServers();
    await generous.start({ modes: ["open"], variables: { REGISTRATIONS_PER_HOUR: "22" } });
    try {
      const base = generous.openBase;
      for (let count = 0; count < 22; count++) expect((await generous.register({}, { base })).status).toBe(400);
      expect((await generous.register({}, { base })).status).toBe(429);
    } finally {
      await servers.forgetAttempts();
      await generous.cleanUp();
    }
  });
});

describe("third-party clients", () => {
  const insecure = { [oauth4webapi.allowInsecureRequests]: true };

  test("oauth4webapi registers, and its client gets a token", async () => {
    const issuer = `${servers.tokenBase}/o`;
    const server = {
      issuer,
      registration_endpoint: `${issuer}/register/`,
      token_endpoint: `${baseUrl}/o/token/`,
    };
    const response = await oauth4webapi.dynamicClientRegistrationRequest(server, machine, {
      initialAccessToken: token,
      ...insecure,
    });
    const client = await oauth4webapi.processDynamicClientRegistrationResponse(response);
    const secret = String(client.client_secret);
    servers.adopt(client.client_id, secret, String(client.registration_access_token));
    expect(client).toMatchObject({ ...machine, client_secret_expires_at: 0 });
    const authentication = oauth4webapi.ClientSecretBasic(secret);
    const grant = await oauth4webapi.clientCredentialsGrantRequest(
      ...([server, client, authentication, { scope: "read" }, insecure] as const),
    );
    const answer = await oauth4webapi.processClientCredentialsResponse(server, client, grant);
    servers.adopt(client.client_id, answer.access_token);
    expect(answer.scope).toBe("read");

    const refused = await oauth4webapi.dynamicClientRegistrationRequest(server, machine, insecure);
    await expect(oauth4webapi.processDynamicClientRegistrationResponse(refused)).rejects.toThrow(
      oauth4webapi.WWWAuthenticateChallengeError,
    );
  });

  test("openid-client discovers, registers, and its client gets a token", async () => {
    const options: openidClient.DynamicClientRegistrationRequestOptions = {
      algorithm: "oauth2",
      initialAccessToken: token,
      execute: [openidClient.allowInsecureRequests],
    };
    const issuer = new URL(`${servers.tokenBase}/o`);
    // What this client does by itself if it has a secret.
    const metadata = { ...machine, token_endpoint_auth_method: "client_secret_post" };
    const configuration = await openidClient.dynamicClientRegistration(issuer, metadata, undefined, options);
    const client = configuration.clientMetadata();
    servers.adopt(client.client_id, String(client.client_secret), String(client.registration_access_token));
    const answer = await openidClient.clientCredentialsGrant(configuration, { scope: "write" });
    servers.adopt(client.client_id, answer.access_token);
    expect(answer).toMatchObject({ token_type: "bearer", scope: "write" });
  });
});

test("no server prints a secret or a token", () => {
  expect(servers.findPrintedSecrets()).toEqual([]);
});
