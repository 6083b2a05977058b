import * as oauth4webapi from "oauth4webapi";
import { expect } from "vitest";
import { DpopClient } from "../support/dpop";
import { baseUrl, issuer, secondBaseUrl } from "../support/environment";
import { send } from "../support/http";
import { credentialsOf, getResource, obtainTokens, parseJson, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const metadataPath = "/.well-known/oauth-protected-resource/resource";
const metadataUrl = `${baseUrl}${metadataPath}`;

test.for([metadataPath, `${metadataPath}/`])(
  "case 103, §3: %s names the resource and its authorization server",
  async (path) => {
    for (const base of [baseUrl, secondBaseUrl]) {
      const answer = await send("GET", path, { base, headers: { Host: "evil.example.test" } });
      expect(answer.status).toBe(200);
      expect(answer.headers["content-type"]).toMatch(/^application\/json\b/);
      expect(parseJson(answer.text)).toEqual({
        resource: `${baseUrl}/resource`,
        resource_name: "Sample resource",
        authorization_servers: [issuer],
        scopes_supported: ["read"],
        bearer_methods_supported: ["header"],
        dpop_signing_alg_values_supported: expect.arrayContaining(["ES256", "EdDSA", "RS256"]),
      });
    }
  },
);

test("scripts of any site may read it and caches may keep it: it contains nothing personal", async () => {
  const answer = await send("GET", metadataPath, { headers: { Origin: "https://app.example.test" } });
  expect(answer.headers["access-control-allow-origin"]).toBe("*");
  expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
  expect(answer.headers["cache-control"]).toBe("public, max-age=3600");
  expect(answer.headers["set-cookie"]).toBeUndefined();
  const preflight = await send("OPTIONS", metadataPath, {
    headers: { Origin: "https://app.example.test", "Access-Control-Request-Method": "GET" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers).toMatchObject({
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "*",
  });
});

test.for([
  ["/.well-known/oauth-protected-resource", "", ["read"]],
  ["/.well-known/oauth-protected-resource/", "", ["read"]],
  ["/.well-known/oauth-protected-resource/o", "/o", undefined],
  ["/.well-known/oauth-protected-resource/o/", "/o", undefined],
  ["/.well-known/oauth-protected-resource/o/userinfo", "/o/userinfo", undefined],
] as const)("§3.3: %s is about the address that it was derived from", async ([path, resource, scopes]) => {
  const answer = await send("GET", path, { headers: { Origin: "https://app.example.test" } });
  expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([200, "*"]);
  const metadata = parseJson(answer.text);
  expect(metadata).toMatchObject({ resource: `${baseUrl}${resource}`, authorization_servers: [issuer] });
  expect(metadata.scopes_supported).toEqual(scopes);
});

test("RFC 8707 §2: a token for the base that clients find there is accepted only at the resources under it", async ({
  portal,
  person,
}) => {
  await portal.createApi({ identifier: `${baseUrl}/o`, scopes: ["openid", "read"] });
  const tokenFor = async (resource: string) => {
    const application = await portal.createApplication();
    return (await obtainTokens(person, application, { resource, scope: "read openid" })).accessToken;
  };
  const ofIssuer = await tokenFor(`${baseUrl}/o`);
  const userinfo = await send("GET", "/o/userinfo", { headers: { Authorization: `Bearer ${ofIssuer}` } });
  expect(userinfo.status).toBe(200);
  expect((await getResource(ofIssuer)).status).toBe(401);
});

test.for([
  "/.well-known/oauth-protected-resource/unknown",
  "/.well-known/oauth-protected-resource/resource/more",
  "/.well-known/oauth-protected-resource/__proto__",
  "/.well-known/oauth-protected-resource/%2fresource",
])("%s: no protected resource is there", async (path) => {
  expect((await send("GET", path)).status).toBe(404);
});

test("only GET is allowed", async () => {
  const answer = await send("POST", metadataPath, { body: "" });
  expect(answer.status).toBe(405);
  expect(answer.headers.allow).toBe("GET, HEAD, OPTIONS");
});

test("§5.1: every challenge points to it", async ({ portal }) => {
  const machine = await portal.createMachine();
  const request = { grant_type: "client_credentials", ...credentialsOf(machine), scope: "write" };
  const { accessToken } = await requestToken(request);
  const dpop = await DpopClient.create();
  const bound = await dpop.requestToken(request);
  const challenges = [
    await send("GET", "/resource"),
    await getResource("unknown"),
    await getResource(accessToken),
    await send("GET", "/resource", { headers: { Authorization: "Bearer" } }),
    await dpop.getResource("unknown"),
    await dpop.getResource(bound.accessToken),
  ].map((answer) => String(answer.headers["www-authenticate"]));
  for (const challenge of challenges) {
    const schemes = challenge.match(/(Bearer|DPoP) realm=/g) ?? [];
    expect(challenge.split(`resource_metadata="${metadataUrl}"`)).toHaveLength(schemes.length + 1);
  }
});

test("oauth4webapi: from a challenge to the metadata, and to the authorization server that it names", async () => {
  const options = { [oauth4webapi.allowInsecureRequests]: true };
  const resource = new URL("/resource", baseUrl);
  const refused = await oauth4webapi
    .protectedResourceRequest(...(["unknown", "GET", resource, new Headers(), null, options] as const))
    .catch((error: unknown) => error);
  if (!(refused instanceof oauth4webapi.WWWAuthenticateChallengeError)) throw refused;
  expect(refused.cause.map(({ scheme }) => scheme)).toEqual(["bearer", "dpop"]);
  for (const { parameters } of refused.cause) expect(parameters.resource_metadata).toBe(metadataUrl);
  const response = await oauth4webapi.resourceDiscoveryRequest(resource, options);
  expect(response.url).toBe(metadataUrl);
  const metadata = await oauth4webapi.processResourceDiscoveryResponse(resource, response);
  expect(metadata.authorization_servers).toEqual([issuer]);
});
