import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { digest } from "@/lib/oauth/wire/digest";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import { readText } from "../support/html";
import { send } from "../support/http";
import {
  defaultMetadata,
  defaultScope,
  machine,
  RegistrationServers,
  requestMachineToken,
  webApp,
} from "../support/registration";
import { test } from "../support/vitest";

const servers = new RegistrationServers();
/** Valid for every registration in these tests. */
let token = "";

beforeAll(async () => {
  await servers.start({ modes: ["token"] });
  ({ token } = await servers.createToken());
});

afterAll(() => servers.cleanUp());

describe("§3.1, §3.2.1: what is registered", () => {
  test("with nothing but a redirect URI: the defaults, and a secret that works", async () => {
    const startedAt = Math.floor(Date.now() / 1000);
    const answer = await servers.register({ redirect_uris: webApp.redirect_uris }, { token });
    expect(answer.status).toBe(201);
    expect(answer.headers["content-type"]).toMatch(/^application\/json\b/);
    expectNotCached(answer);
    const { clientId } = answer;
    expect(answer.body).toEqual({
      client_id: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      client_secret: expect.stringMatching(/^[A-Za-z0-9]{128}$/),
      client_id_issued_at: expect.any(Number),
      client_secret_expires_at: 0,
      registration_access_token: expect.stringMatching(/^[\w-]{43}$/),
      registration_client_uri: `${servers.tokenBase}/o/register/${clientId}`,
      client_name: clientId,
      redirect_uris: webApp.redirect_uris,
      grant_types: ["authorization_code"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_basic",
      scope: defaultScope,
      ...defaultMetadata,
    });
    expect(answer.body.client_id_issued_at).toBeGreaterThanOrEqual(startedAt);
    expect(answer.body.client_id_issued_at).toBeLessThanOrEqual(Date.now() / 1000);
    // Known, but not registered for that grant.
    expectOAuthError(await requestMachineToken(answer), 400, "unauthorized_client");
  });

  test("all metadata comes back, and is stored; secrets only as digests", async () => {
    const metadata = {
      ...webApp,
      redirect_uris: ["https://app.example.test/callback", "com.example.app:/callback"],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_post",
      scope: "read",
      client_uri: "https://app.example.test/",
      logo_uri: "https://app.example.test/logo.png",
      tos_uri: "https://app.example.test/terms",
      policy_uri: "https://app.example.test/privacy",
      contacts: ["security@app.example.test"],
      software_id: "4NRB1-0XZABZI9E6-5SM3R",
      software_version: "1.0",
      "client_name#de": "Netz-Anwendung",
      "tos_uri#pt-BR": "https://app.example.test/termos",
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: true,
    };
    const answer = await servers.register(metadata, { token });
    expect(answer.body).toMatchObject(metadata);
    const row = await servers.find(answer.clientId);
    expect(row).toMatchObject({
      ownerId: null,
      registrationSource: "dynamic",
      registrationAccessTokenHash: digest(answer.registrationToken),
      skipConsent: false,
      disabledAt: null,
      secrets: [{ hash: digest(answer.clientSecret), expiresAt: null }],
      metadata: { contacts: metadata.contacts, software_version: "1.0" },
    });
    const stored = JSON.stringify(row);
    expect(stored).not.toContain(answer.clientSecret);
    expect(stored).not.toContain(answer.registrationToken);
  });

  test("a public client gets no secret, and neither does one with its own keys", async () => {
    const publicClient = { ...webApp, token_endpoint_auth_method: "none" };
    const jwk = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
    const keyed = { ...webApp, token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [{ ...jwk, kid: "a" }] } };
    for (const metadata of [publicClient, keyed]) {
      const answer = await servers.register(metadata, { token });
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject(metadata);
      expect(answer.body).not.toHaveProperty("client_secret");
      expect(answer.body).not.toHaveProperty("client_secret_expires_at");
      expect((await servers.find(answer.clientId))?.secrets).toEqual([]);
    }
  });

  test("a registered machine gets tokens from any server", async () => {
    const answer = await servers.register(machine, { token });
    expect(answer.body.response_types).toEqual([]);
    expect((await requestMachineToken(answer)).status).toBe(200);
  });

  test("the audit log records what was registered, how and from where", async () => {
    const initial = await servers.createToken();
    const { clientId } = await servers.register(webApp, { token: initial.token });
    const client = await servers.find(clientId);
    const events = await servers.database.auditEvent.findMany({ where: { applicationId: client?.id ?? "" } });
    expect(events).toMatchObject([
      {
        type: "application.registered",
        actorId: null,
        ipAddress: "127.0.0.1",
        details: { source: "dynamic", initialAccessTokenId: initial.id, clientId, redirectUris: webApp.redirect_uris },
      },
    ]);
  });
});

describe("§3.2.2: what is refused (case 115)", () => {
  const privateKey = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const withKeys = (jwks: unknown) => ({ ...webApp, token_endpoint_auth_method: "private_key_jwt", jwks });
  const redirectUris = [
    [],
    "https://app.example.test/callback",
    ["https://app.example.test/#x"],
    ["http://app.example.test/callback"],
    ["https://*.example.test/callback"],
    ["https://user@app.example.test/callback"],
    ["/callback"],
    // Attack 15.
    ["javascript:alert(1)"],
    ["JaVaScRiPt:alert(1)"],
    ["data:text/html,x"],
    ["vbscript:x"],
    ["https://app.example.test/callback", "javascript:alert(1)//"],
  ];

  test.for(redirectUris.map((uris) => [JSON.stringify(uris), uris] as const))("redirect URIs %s", async ([, uris]) => {
    const answer = await servers.register({ ...webApp, redirect_uris: uris }, { token });
    expectOAuthError(answer, 400, "invalid_redirect_uri");
  });

  const metadata: Record<string, object | string> = {
    "a list": [],
    "no JSON": '{"redirect_uris": [',
    "a body that is empty": "",
    "an unknown grant type": { ...webApp, grant_types: ["authorization_code", "implicit"] },
    "the password grant": { ...webApp, grant_types: ["password"] },
    "no grant type": { ...webApp, grant_types: [] },
    "refresh tokens alone": { ...machine, grant_types: ["refresh_token"] },
    "the response type token": { ...webApp, response_types: ["token"] },
    "a response type without its grant": { ...machine, response_types: ["code"] },
    "an unknown method": { ...webApp, token_endpoint_auth_method: "client_secret_jwt" },
    "a public machine": { ...machine, token_endpoint_auth_method: "none" },
    "a name that is too long": { ...webApp, client_name: "x".repeat(101) },
    "a control character in the name": { ...webApp, client_name: "a\u0000b" },
    "half a character in the name": '{"redirect_uris":["https://a.example/cb"],"client_name":"\\ud800"}',
    "an unknown scope": { ...webApp, scope: "read bogus" },
    "a malformed scope": { ...webApp, scope: 'read"' },
    "assertions without keys": { ...webApp, token_endpoint_auth_method: "private_key_jwt" },
    "a private key": withKeys({ keys: [privateKey] }),
    "keys that are none": withKeys({ keys: "all" }),
    "keys and where they are": { ...withKeys({ keys: [] }), jwks_uri: "https://app.example.test/keys" },
    // Attack 15.
    "a logo that is a script": { ...webApp, logo_uri: "javascript:alert(1)" },
    "terms that are a script": { ...webApp, tos_uri: "JaVaScRiPt:alert(1)" },
    "a policy of data": { ...webApp, policy_uri: "data:text/html,x" },
    "a home page that is a script": { ...webApp, client_uri: "vbscript:x" },
    "a home page without https": { ...webApp, client_uri: "http://app.example.test/" },
  };

  test.for(Object.entries(metadata))("%s", async ([, body]) => {
    expectOAuthError(await servers.register(body, { token }), 400, "invalid_client_metadata");
  });

  test.for([
    "https://127.0.0.1/keys",
    "https://[::1]/keys",
    "https://169.254.169.254/latest/meta-data/",
    "https://0x7f.1/keys",
    "https://localhost/keys",
    "https://10.0.0.1/keys",
    "http://app.example.test/keys",
    "file:///etc/passwd",
    "javascript:alert(1)",
  ])("keys at %s, which the server would have to fetch (attack 44)", async (jwks_uri) => {
    const method = { token_endpoint_auth_method: "private_key_jwt" };
    const answer = await servers.register({ ...webApp, ...method, jwks_uri }, { token });
    expectOAuthError(answer, 400, "invalid_client_metadata");
    // Nor if they are unused, because they would be one update away.
    expectOAuthError(await servers.register({ ...webApp, jwks_uri }, { token }), 400, "invalid_client_metadata");
  });

  test("a body that isn't declared as JSON, isn't UTF-8 or is too large", async () => {
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "application/jsonp"]) {
      const answer = await servers.register(webApp, { token, headers: { "Content-Type": type } });
      expectOAuthError(answer, 415, "invalid_request");
    }
    const large = { ...webApp, padding: "x".repeat(200_000) };
    expectOAuthError(await servers.register(large, { token }), 413, "invalid_request");
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
    const body = Buffer.from('{"client_name":"\xff"}', "latin1");
    const malformed = await send("POST", "/o/register/", { base: servers.tokenBase, headers, body });
    expectOAuthError(malformed, 400, "invalid_request");
  });

  test("a scope that only an administrator allows", async ({ portal }) => {
    const restricted = await portal.createScope({ isRestricted: true });
    const answer = await servers.register({ ...webApp, scope: `read ${restricted}` }, { token });
    expectOAuthError(answer, 400, "invalid_client_metadata");
    // Nor by requesting nothing.
    const asked = await servers.register(webApp, { token });
    expect((await servers.find(asked.clientId))?.allowedScopes).toEqual(defaultScope.split(" "));
  });
});

describe("what only administrators and owners decide (attack 21)", () => {
  test("is ignored in the metadata, and the user is asked", async ({ person }) => {
    const policy = { skip_consent: true, skipConsent: true, require_pkce: false, owner: "admin", client_id: "chosen" };
    const { clientId, body } = await servers.register({ ...webApp, ...policy }, { token });
    expect(body).not.toHaveProperty("skip_consent");
    expect(await servers.find(clientId)).toMatchObject({ skipConsent: false, ownerId: null });
    expect(clientId).not.toBe("chosen");

    const query = new URLSearchParams({ response_type: "code", client_id: clientId, state: "s" });
    const silent = await person.get(`/o/authorize?${query}&prompt=none`);
    expect(new URL(silent.headers.location ?? "").searchParams.get("error")).toBe("consent_required");
    const asked = await person.get(`/o/authorize?${query}`);
    const page = await person.get(asked.headers.location ?? "");
    expect(readText(page.text)).toContain("Authorize Registered by itself ?");
    // It wasn't registered by an administrator, and the page must not say so.
    expect(readText(page.text)).not.toContain("Registered by the administrators of this server");
  });
});

test("no server prints a secret or a token", () => {
  expect(servers.findPrintedSecrets()).toEqual([]);
});
