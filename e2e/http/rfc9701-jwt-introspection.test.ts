import { createRemoteJWKSet, jwtVerify } from "jose";
import * as oauth4webapi from "oauth4webapi";
import * as openidClient from "openid-client";
import { expect } from "vitest";
import { issuer, secondBaseUrl } from "../support/environment";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import { introspect, obtainOwnToken } from "../support/introspection-client";
import { obtainTokens, parseJson } from "../support/token-client";
import { test } from "../support/vitest";

const mediaType = "application/token-introspection+jwt";
const asJwt = { headers: { Accept: mediaType } };
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));

/** What a resource server does with a signed answer (RFC 9701 §5). */
async function verify(jwt: string, audience: string) {
  const { payload, protectedHeader } = await jwtVerify(jwt, keys, {
    issuer,
    audience,
    typ: "token-introspection+jwt",
    algorithms: ["RS256"],
  });
  return { payload, protectedHeader };
}

test("§5: a signed answer contains what the plain one does, for the application that asked", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const { accessToken } = await obtainTokens(person, application);
  const answer = await introspect(application, accessToken, asJwt);
  expect(answer.headers["content-type"]).toBe(mediaType);
  expectNotCached(answer);
  const { payload } = await verify(answer.text, application.clientId);
  expect(Object.keys(payload).sort()).toEqual(["aud", "iat", "iss", "token_introspection"]);
  expect(payload.token_introspection).toEqual(parseJson((await introspect(application, accessToken)).text));
  // Every process signs with the same keys.
  const elsewhere = await introspect(application, accessToken, { ...asJwt, base: secondBaseUrl });
  const { protectedHeader } = await verify(elsewhere.text, application.clientId);
  expect(protectedHeader.alg).toBe("RS256");
});

test("attack 41: for another application's token a signed answer says no more than a plain one", async ({ portal }) => {
  const [owner, stranger] = [await portal.createMachine(), await portal.createMachine()];
  const answer = await introspect(stranger, await obtainOwnToken(owner), asJwt);
  const { payload } = await verify(answer.text, stranger.clientId);
  expect(payload.token_introspection).toEqual({ active: false });
});

test("a signed answer isn't an access token, and refused callers get none", async ({ portal }) => {
  const machine = await portal.createMachine();
  const { text } = await introspect(machine, await obtainOwnToken(machine), asJwt);
  expect(parseJson((await introspect(machine, text)).text)).toEqual({ active: false });
  const refused = await introspect({ ...machine, clientSecret: "wrong" }, text, asJwt);
  expectOAuthError(refused, 401, "invalid_client");
});

test("openid-client and oauth4webapi request a signed answer and verify it", async ({ portal, person, user }) => {
  const application = await portal.createApplication();
  const { accessToken } = await obtainTokens(person, application);
  const metadata = {
    issuer,
    introspection_endpoint: `${issuer}/introspect/`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    introspection_signing_alg_values_supported: ["RS256"],
  };
  const insecure = { [oauth4webapi.allowInsecureRequests]: true };
  const client = { client_id: application.clientId, introspection_signed_response_alg: "RS256" };
  const authentication = oauth4webapi.ClientSecretBasic(application.clientSecret);
  const response = await oauth4webapi.introspectionRequest(metadata, client, authentication, accessToken, {
    ...insecure,
    requestJwtResponse: true,
  });
  expect(response.headers.get("content-type")).toBe(mediaType);
  const expected = { active: true, username: user.username, sub: user.id };
  expect(await oauth4webapi.processIntrospectionResponse(metadata, client, response)).toMatchObject(expected);
  await oauth4webapi.validateApplicationLevelSignature(metadata, response, insecure);

  const configuration = new openidClient.Configuration(
    ...([metadata, application.clientId, client, openidClient.ClientSecretBasic(application.clientSecret)] as const),
  );
  openidClient.allowInsecureRequests(configuration);
  openidClient.enableNonRepudiationChecks(configuration);
  expect(await openidClient.tokenIntrospection(configuration, accessToken)).toMatchObject(expected);
});
