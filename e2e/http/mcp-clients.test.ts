import { describe, expect } from "vitest";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { postForm, send } from "../support/http";
import { introspect, revokeToken } from "../support/introspection-client";
import type { TestApplication } from "../support/portal";
import { startRegistrationServers, toTestApplication } from "../support/registering";
import {
  authorizationOf,
  createPkcePair,
  exchangeOf,
  getResource,
  parseJson,
  refreshOf,
  requestToken,
} from "../support/token-client";
import { test } from "../support/vitest";

/**
 * MCP Authorization (2025-06-18, 2025-11-25): clients register themselves, name a `resource`, and often no scope. At
 * root URLs some send the slash that a URL parser adds, and some don't.
 */

const { servers, register, refuse } = startRegistrationServers();

const origin = "http://localhost:6274";
const inspector = {
  client_name: "MCP Inspector",
  redirect_uris: [`${origin}/oauth/callback`],
  token_endpoint_auth_method: "none",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
};

async function registerInspector(metadata: object = {}): Promise<TestApplication> {
  return toTestApplication(await register({ ...inspector, ...metadata }));
}

describe("RFC 8707 §2, RFC 3986 §6.2.3: the resource at a root URL", () => {
  test.for([
    ["https://bare", ""],
    ["https://slashed", "/"],
  ])(
    "%s%s is one with and without its slash, from the request to the audience",
    async ([start, end], { portal, person }) => {
      const machine = await portal.createMachine();
      const bare = `${start}-${machine.clientId.toLowerCase()}.example.test`;
      const api = await portal.createApi({ identifier: `${bare}${end}`, resourceServers: [machine] });
      const client = await registerInspector();
      for (const resource of [bare, `${bare}/`]) {
        const other = resource === bare ? `${bare}/` : bare;
        const { verifier, challenge } = createPkcePair();
        const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
        const { scope: _scope, ...request } = authorizationOf(client, { ...pkce, resource });
        const code = await person.obtainCode(request);
        const tokens = await requestToken({ ...exchangeOf(client, code), code_verifier: verifier, resource: other });
        expect([tokens.status, parseJson(tokens.text).scope]).toEqual([200, "read write"]);
        const refreshed = await requestToken({ ...refreshOf(client, tokens.refreshToken), resource });
        expect([refreshed.status, parseJson(refreshed.text).scope]).toEqual([200, "read write"]);
        // By the registered name: a resource server compares it exactly (RFC 9068 §4).
        const { active, aud } = parseJson((await introspect(machine, refreshed.accessToken)).text);
        expect([active, [aud].flat()]).toEqual([true, [api.identifier]]);
        expect((await getResource(refreshed.accessToken)).status).toBe(401);
      }
      const elsewhere = authorizationOf(client, { resource: `${bare}/mcp` });
      const refused = await person.authorize({
        ...elsewhere,
        code_challenge: "x".repeat(43),
        code_challenge_method: "S256",
      });
      expect(refused.searchParams.get("error")).toBe("invalid_target");
    },
  );

  test("in a pushed request, for a device, and for a machine", async ({ portal }) => {
    const machine = await portal.createMachine({ grantTypes: ["client_credentials", deviceCodeGrant] });
    const identifier = `https://${machine.clientId.toLowerCase()}.example.test`;
    await portal.createApi({ identifier, scopes: ["read"] });
    const credentials = { client_id: machine.clientId, client_secret: machine.clientSecret };
    const resource = `${identifier}/`;
    const token = await requestToken({ grant_type: "client_credentials", ...credentials, resource });
    expect([token.status, parseJson(token.text).scope]).toEqual([200, "read"]);
    expect((await postForm("/o/device-authorization", { ...credentials, resource })).status).toBe(200);
    const client = await registerInspector();
    const { scope: _scope, ...request } = authorizationOf(client, { resource, code_challenge: "x".repeat(43) });
    const pushed = await postForm("/o/par", { ...request, code_challenge_method: "S256" });
    expect(pushed.status).toBe(201);
  });
});

describe("what a client that registered itself may request", () => {
  test("RFC 7591 §2: any unrestricted scope, whichever it registered with; not a restricted one", async ({
    portal,
    person,
  }) => {
    const [later, restricted] = [await portal.createScope(), await portal.createScope({ isRestricted: true })];
    const client = await registerInspector({ scope: "read" });
    const { verifier, challenge } = createPkcePair();
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    const code = await person.obtainCode(authorizationOf(client, { ...pkce, scope: `read ${later}` }));
    const tokens = await requestToken({ ...exchangeOf(client, code), code_verifier: verifier });
    expect(parseJson(tokens.text).scope).toBe(`read ${later}`);
    const refused = await person.authorize(authorizationOf(client, { ...pkce, scope: restricted }));
    expect(refused.searchParams.get("error")).toBe("invalid_scope");
  });

  test("RFC 7591 §2: without a scope no more of an API than it registered for, unless none of it applies there", async ({
    portal,
    person,
  }) => {
    const [registered, other] = [await portal.createScope(), await portal.createScope()];
    const client = await registerInspector({ scope: `read ${registered}` });
    const apis: [string[], string][] = [
      [["write", registered, other], registered],
      [["write", "read", other], "read"],
      [["write", other], "write"],
      [[other], other],
    ];
    for (const [scopes, granted] of apis) {
      const { identifier: resource } = await portal.createApi({ scopes });
      const { verifier, challenge } = createPkcePair();
      const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
      const { scope: _scope, ...request } = authorizationOf(client, { ...pkce, resource });
      const code = await person.obtainCode(request);
      const tokens = await requestToken({ ...exchangeOf(client, code), code_verifier: verifier, resource });
      expect([tokens.status, parseJson(tokens.text).scope]).toEqual([200, granted]);
    }
  });
});

describe("RFC 9700 §2.6: scripts from the origin of its redirect URI", () => {
  test("register, redeem, refresh and revoke", async ({ person }) => {
    const application = await registerInspector();
    for (const path of ["/o/token", "/o/revoke_token"]) {
      const preflight = await send("OPTIONS", path, {
        headers: { Origin: origin, "Access-Control-Request-Method": "POST" },
      });
      expect([preflight.status, preflight.headers["access-control-allow-origin"]]).toEqual([204, origin]);
    }
    const { verifier, challenge } = createPkcePair();
    const request = authorizationOf(application, { code_challenge: challenge, code_challenge_method: "S256" });
    const exchange = { ...exchangeOf(application, await person.obtainCode(request)), code_verifier: verifier };
    const sending = { headers: { Origin: origin } };
    const tokens = await requestToken(exchange, sending);
    const refreshed = await requestToken(refreshOf(application, tokens.refreshToken), sending);
    const revoked = await revokeToken(application, { token: refreshed.refreshToken }, sending);
    for (const { status, headers } of [tokens, refreshed, revoked]) {
      expect([status, headers["access-control-allow-origin"]]).toEqual([200, origin]);
    }
    const elsewhere = await requestToken(exchange, { headers: { Origin: "http://localhost:6275" } });
    expect(elsewhere.headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("not for a confidential client, and an update moves them along", async () => {
    const [here, there] = ["https://here.example.test", "https://there.example.test"];
    const client = await register({ ...inspector, redirect_uris: [`${here}/cb`] });
    expect(await servers.find(client.clientId)).toMatchObject({ allowedOrigins: [here] });
    const body = { ...inspector, client_id: client.clientId, redirect_uris: [`${there}/cb`] };
    const moved = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body });
    expect(await servers.find(client.clientId)).toMatchObject({ allowedOrigins: [there] });
    const confidential = { ...body, token_endpoint_auth_method: "client_secret_post" };
    await servers.manage("PUT", client.clientId, { token: moved.registrationToken, body: confidential });
    expect(await servers.find(client.clientId)).toMatchObject({ allowedOrigins: [] });
  });
});

describe("RFC 8252 §7.1: app schemes that aren't a reversed domain name", () => {
  test.for(["cursor", "vscode", "vscode-insiders", "warp", "windsurf"])("%s: is known", async (scheme, { person }) => {
    const client = await registerInspector({ redirect_uris: [`${scheme}://host.example/oauth/callback`] });
    expect(await servers.find(client.clientId)).toMatchObject({ kind: "native", clientType: "public" });
    const { challenge } = createPkcePair();
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    const location = await person.authorize(authorizationOf(client, pkce));
    expect(location.href).toContain(`${scheme}://host.example/oauth/callback?code=`);
  });

  test.for(["myapp:/cb", "vscode2://x", "javascript:alert(1)", "data:text/html,x", "file:///x", "localhost:80/x"])(
    "%s is invalid_redirect_uri for a stranger",
    async (uri) => {
      expect(await refuse({ ...inspector, redirect_uris: [uri] })).toBe("invalid_redirect_uri");
      expect(await refuse({ ...inspector, post_logout_redirect_uris: [uri] })).toBe("invalid_client_metadata");
    },
  );
});

describe("discovery", () => {
  test("RFC 8414 §3.1: the issuer's path follows the well-known one", async () => {
    const answer = await send("GET", "/.well-known/oauth-authorization-server/o", {
      base: servers.openBase,
      headers: { Origin: origin, "MCP-Protocol-Version": "2025-11-25" },
    });
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    expect(parseJson(answer.text)).toMatchObject({
      issuer: `${servers.openBase}/o`,
      registration_endpoint: `${servers.openBase}/o/register/`,
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: expect.arrayContaining(["none"]),
    });
  });
});
