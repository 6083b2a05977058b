import { describe, expect } from "vitest";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import { send } from "../support/http";
import { startRegistrationServers } from "../support/registering";
import {
  defaultMetadata,
  defaultScope,
  expectInvalidToken,
  machine,
  type RegistrationAnswer,
  requestMachineToken,
  toUpdate,
  webApp,
} from "../support/registration";
import { getResource } from "../support/token-client";
import { test } from "../support/vitest";

const { servers, register } = startRegistrationServers();

describe("§2: the registration access token", () => {
  test("missing, wrong, another client's, or an initial one: 401 with a challenge, and nothing changes", async () => {
    const client = await register();
    const other = await register();
    const before = await servers.find(client.clientId);
    const { token: initialToken } = await servers.createToken();
    for (const token of [undefined, "wrong", other.registrationToken, initialToken, client.clientSecret]) {
      for (const method of ["GET", "DELETE"] as const) {
        expectInvalidToken(await servers.manage(method, client.clientId, { token }));
      }
      const body = toUpdate(client, { client_name: "Taken over" });
      expectInvalidToken(await servers.manage("PUT", client.clientId, { token, body }));
    }
    const absent = await servers.manage("GET", client.clientId);
    expect(absent.headers["www-authenticate"]).toBe('Bearer realm="Latchkey"');
    expectInvalidToken(await servers.manage("GET", "no-such-client", { token: client.registrationToken }));
    expect(await servers.find(client.clientId)).toEqual(before);
  });

  test("doesn't manage an application that was registered here", async ({ portal }) => {
    const application = await portal.createApplication();
    const { registrationToken } = await register();
    for (const token of [undefined, registrationToken, application.clientSecret]) {
      expectInvalidToken(await servers.manage("GET", application.clientId, { token }));
      expectInvalidToken(await servers.manage("DELETE", application.clientId, { token }));
    }
  });

  test("isn't accepted as an access token, and an access token isn't accepted here", async () => {
    const client = await register(machine);
    expect((await getResource(client.registrationToken)).status).toBe(401);
    const { accessToken } = await requestMachineToken(client);
    expectInvalidToken(await servers.manage("GET", client.clientId, { token: accessToken }));
  });

  test("no other method; scripts of any page that has the token", async () => {
    const client = await register();
    const headers = { Authorization: `Bearer ${client.registrationToken}`, Origin: "https://a.example" };
    for (const path of [`/o/register/${client.clientId}`, `/o/register/${client.clientId}/`]) {
      for (const method of ["POST", "PATCH"]) {
        const answer = await send(method, path, { base: servers.tokenBase, headers });
        expectOAuthError(answer, 405, "invalid_request");
        expect(answer.headers.allow).toBe("GET, PUT, DELETE, OPTIONS");
        expect(answer.headers["access-control-allow-origin"]).toBe("*");
      }
      const preflight = await send("OPTIONS", path, { base: servers.tokenBase, headers: { Origin: headers.Origin } });
      expect([preflight.status, preflight.headers["access-control-allow-methods"]]).toEqual([204, "GET, PUT, DELETE"]);
      const stranger = await send("GET", path, { base: servers.tokenBase, headers: { Origin: headers.Origin } });
      expect([stranger.status, stranger.headers["access-control-allow-origin"]]).toEqual([401, "*"]);
      expect(stranger.headers["access-control-expose-headers"]).toContain("WWW-Authenticate");
      const answer = await send("GET", path, { base: servers.tokenBase, headers });
      expect(answer.status).toBe(200);
      expect(answer.headers["access-control-allow-origin"]).toBe("*");
    }
  });

  test("while registration is off there is nothing to manage", async () => {
    const client = await register();
    const headers = { Authorization: `Bearer ${client.registrationToken}` };
    expectOAuthError(await send("GET", `/o/register/${client.clientId}`, { headers }), 404, "not_found");
    expectOAuthError(await send("DELETE", `/o/register/${client.clientId}`, { headers }), 404, "not_found");
    expect(await servers.find(client.clientId)).not.toBeNull();
  });
});

describe("§2.1: reading (case 116)", () => {
  test("returns what was registered, but no longer the secret", async () => {
    const client = await register({ ...webApp, scope: "read", contacts: ["me@app.example.test"] });
    const answer = await servers.manage("GET", client.clientId, { token: client.registrationToken });
    expect(answer.status).toBe(200);
    expectNotCached(answer);
    const { client_secret, ...rest } = client.body;
    expect(client_secret).toBeDefined();
    expect(answer.body).toEqual(rest);
  });

  test("returns the expiry of a secret that its owner has set", async () => {
    const client = await register();
    const end = new Date("2040-01-01T00:00:00Z");
    const row = await servers.find(client.clientId);
    await servers.database.clientSecret.updateMany({
      where: { applicationId: row?.id ?? "" },
      data: { expiresAt: end },
    });
    const { body } = await servers.manage("GET", client.clientId, { token: client.registrationToken });
    expect(body.client_secret_expires_at).toBe(end.getTime() / 1000);
  });
});

describe("§2.2: updating (case 116)", () => {
  test("replaces everything, and the token; the old one is no longer valid", async () => {
    const client = await register({ ...webApp, scope: "read", contacts: ["me@app.example.test"], software_id: "x" });
    const body = {
      client_id: client.clientId,
      client_name: "Renamed",
      redirect_uris: ["https://app.example.test/other"],
      grant_types: ["authorization_code", "refresh_token"],
      policy_uri: "https://app.example.test/privacy",
      client_secret: client.clientSecret,
    };
    const answer = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body });
    expect(answer.status).toBe(200);
    expectNotCached(answer);
    expect(answer.body).toEqual({
      client_id: client.clientId,
      client_id_issued_at: client.body.client_id_issued_at,
      client_secret_expires_at: 0,
      registration_access_token: expect.stringMatching(/^[\w-]{43}$/),
      registration_client_uri: client.body.registration_client_uri,
      client_name: "Renamed",
      redirect_uris: body.redirect_uris,
      grant_types: body.grant_types,
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_basic",
      scope: defaultScope,
      ...defaultMetadata,
      policy_uri: body.policy_uri,
    });
    expect(answer.registrationToken).not.toBe(client.registrationToken);
    expectInvalidToken(await servers.manage("GET", client.clientId, { token: client.registrationToken }));
    const read = await servers.manage("GET", client.clientId, { token: answer.registrationToken });
    expect(read.body).toEqual(answer.body);
    expect(await servers.find(client.clientId)).toMatchObject({
      name: "Renamed",
      redirectUris: [{ uri: body.redirect_uris[0] }],
      metadata: { policy_uri: body.policy_uri },
      secrets: [{ revokedAt: null }],
    });
  });

  test("of parallel updates with one token, at two servers, exactly one is accepted, in full", async () => {
    const client = await register();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        servers.manage("PUT", client.clientId, {
          token: client.registrationToken,
          base: index % 2 === 0 ? servers.tokenBase : servers.openBase,
          body: toUpdate(client, {
            client_name: `Name ${index}`,
            redirect_uris: [`https://app.example.test/${index}`],
          }),
        }),
      ),
    );
    const accepted = answers.filter(({ status }) => status === 200);
    expect(accepted).toHaveLength(1);
    const [winner] = accepted;
    for (const answer of answers) if (answer !== winner) expectInvalidToken(answer);
    const read = await servers.manage("GET", client.clientId, { token: winner?.registrationToken ?? "" });
    expect(read.body).toMatchObject({
      client_name: winner?.body.client_name,
      redirect_uris: winner?.body.redirect_uris,
      registration_access_token: winner?.registrationToken,
    });
  });

  const wrong: Record<string, (client: RegistrationAnswer) => object> = {
    "no client id": (client) => toUpdate(client, { client_id: undefined }),
    "another client id": (client) => toUpdate(client, { client_id: "another" }),
    "a secret that isn't its own": (client) => toUpdate(client, { client_secret: "x".repeat(128) }),
    "an issuing time": (client) => toUpdate(client, { client_id_issued_at: client.body.client_id_issued_at }),
    "an end of the secret": (client) => toUpdate(client, { client_secret_expires_at: 0 }),
    "its address": (client) => toUpdate(client, { registration_client_uri: client.body.registration_client_uri }),
    "its token": (client) => toUpdate(client, { registration_access_token: client.registrationToken }),
    "a redirect URI that is a script": (client) => toUpdate(client, { redirect_uris: ["javascript:alert(1)"] }),
    "keys in a private network": (client) => toUpdate(client, { jwks_uri: "https://169.254.169.254/" }),
    "an unknown scope": (client) => toUpdate(client, { scope: "bogus" }),
  };

  test.for(Object.entries(wrong))("%s is refused, and the token stays good", async ([, change]) => {
    const client = await register();
    const before = await servers.find(client.clientId);
    const token = client.registrationToken;
    const answer = await servers.manage("PUT", client.clientId, { token, body: change(client) });
    expectOAuthError(answer, 400, expect.stringMatching(/^invalid_(request|redirect_uri|client_metadata)$/));
    expect(await servers.find(client.clientId)).toEqual(before);
    expect((await servers.manage("GET", client.clientId, { token })).status).toBe(200);
  });

  test("the audit log records the state before and after", async () => {
    const client = await register();
    const body = toUpdate(client, { client_name: "Renamed" });
    const answer = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body });
    expect(answer.status).toBe(200);
    const row = await servers.find(client.clientId);
    const events = await servers.database.auditEvent.findMany({
      where: { applicationId: row?.id ?? "", type: "application.updated" },
    });
    expect(events).toMatchObject([
      { details: { source: "dynamic", before: { name: webApp.client_name }, after: { name: "Renamed" } } },
    ]);
    const written = JSON.stringify(events);
    for (const secret of [client.clientSecret, client.registrationToken, answer.registrationToken]) {
      expect(written).not.toContain(secret);
    }
  });
});

test("no server prints a secret or a token", () => {
  expect(servers.findPrintedSecrets()).toEqual([]);
});
