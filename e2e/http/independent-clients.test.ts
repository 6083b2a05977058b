import * as oauth4webapi from "oauth4webapi";
import * as openidClient from "openid-client";
import { expect } from "vitest";
import { baseUrl, issuer } from "../support/environment";
import type { TestApplication } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { test } from "../support/vitest";

/** Third-party clients with all their checks enabled. Without discovery: they are configured with what they need. */
const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize/`,
  token_endpoint: `${issuer}/token/`,
  authorization_response_iss_parameter_supported: true,
};

function configure(application: TestApplication, authentication: openidClient.ClientAuth): openidClient.Configuration {
  const secret = application.clientSecret === "" ? {} : { client_secret: application.clientSecret };
  const configuration = new openidClient.Configuration(metadata, application.clientId, secret, authentication);
  openidClient.allowInsecureRequests(configuration);
  return configuration;
}

function noteTokens(answer: { access_token: string; refresh_token?: string }): void {
  noteSecret(answer.access_token);
  noteSecret(answer.refresh_token ?? "");
}

const methods: Record<string, (secret: string) => openidClient.ClientAuth> = {
  client_secret_basic: openidClient.ClientSecretBasic,
  client_secret_post: openidClient.ClientSecretPost,
  none: openidClient.None,
};

test.for(Object.entries(methods))(
  "openid-client: code with PKCE, resource and refresh, authenticated by %s",
  async ([name, authenticate], { portal, person, user }) => {
    const application = name === "none" ? await portal.createPublicApplication() : await portal.createApplication();
    const authentication = authenticate(application.clientSecret);
    const configuration = configure(application, authentication);
    const verifier = openidClient.randomPKCECodeVerifier();
    noteSecret(verifier);
    const state = openidClient.randomState();
    const url = openidClient.buildAuthorizationUrl(configuration, {
      redirect_uri: application.redirectUri,
      scope: "read write",
      code_challenge: await openidClient.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
    });
    expect(url.origin).toBe(baseUrl);
    const response = await person.authorize(Object.fromEntries(url.searchParams));
    const checks = { pkceCodeVerifier: verifier, expectedState: state };
    const first = await openidClient.authorizationCodeGrant(configuration, response, checks);
    noteTokens(first);
    expect(first).toMatchObject({ token_type: "bearer", expires_in: 36_000, scope: "read write" });

    const resource = new URL("/resource", baseUrl);
    const answer = await openidClient.fetchProtectedResource(configuration, first.access_token, resource, "GET");
    expect(await answer.json()).toMatchObject({ user: { username: user.username } });
    const second = await openidClient.refreshTokenGrant(configuration, first.refresh_token ?? "");
    noteTokens(second);
    expect(second.access_token).not.toBe(first.access_token);
    await expect(
      openidClient.fetchProtectedResource(configuration, first.access_token, resource, "GET"),
    ).rejects.toMatchObject({ status: 401 });
  },
);

test("openid-client: a response with another issuer, or without one, is rejected (RFC 9207 §2.4)", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const configuration = configure(application, openidClient.ClientSecretBasic(application.clientSecret));
  const state = openidClient.randomState();
  const request = { redirect_uri: application.redirectUri, state };
  const url = openidClient.buildAuthorizationUrl(configuration, request);
  const response = await person.authorize(Object.fromEntries(url.searchParams));
  const mixedUp = new URL(response);
  mixedUp.searchParams.set("iss", "https://honest.example.test");
  const stripped = new URL(response);
  stripped.searchParams.delete("iss");
  for (const forged of [mixedUp, stripped]) {
    const exchange = openidClient.authorizationCodeGrant(configuration, forged, { expectedState: state });
    await expect(exchange).rejects.toMatchObject({ cause: { message: expect.stringMatching(/"iss"/) } });
  }
  const tokens = await openidClient.authorizationCodeGrant(configuration, response, { expectedState: state });
  noteTokens(tokens);
  expect(tokens.access_token).not.toBe("");
});

test("openid-client: a denial arrives with its error and issuer", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const configuration = configure(application, openidClient.ClientSecretBasic(application.clientSecret));
  const state = openidClient.randomState();
  const url = openidClient.buildAuthorizationUrl(configuration, { redirect_uri: application.redirectUri, state });
  const response = await person.authorize(Object.fromEntries(url.searchParams), { decision: "deny" });
  const exchange = openidClient.authorizationCodeGrant(configuration, response, { expectedState: state });
  await expect(exchange).rejects.toMatchObject({ error: "access_denied" });
});

test("openid-client: client credentials", async ({ portal }) => {
  const machine = await portal.createMachine();
  const configuration = configure(machine, openidClient.ClientSecretBasic(machine.clientSecret));
  const answer = await openidClient.clientCredentialsGrant(configuration, { scope: "read" });
  noteTokens(answer);
  expect(answer).toMatchObject({ token_type: "bearer", expires_in: 36_000, scope: "read" });
  await expect(openidClient.clientCredentialsGrant(configuration, { scope: "bogus" })).rejects.toMatchObject({
    error: "invalid_scope",
  });
});

const insecure = { [oauth4webapi.allowInsecureRequests]: true };

test("oauth4webapi: code with PKCE, resource and refresh", async ({ portal, person, user }) => {
  const application = await portal.createApplication({ requirePkce: true });
  const client: oauth4webapi.Client = { client_id: application.clientId };
  const authentication = oauth4webapi.ClientSecretBasic(application.clientSecret);
  const verifier = oauth4webapi.generateRandomCodeVerifier();
  noteSecret(verifier);
  const state = oauth4webapi.generateRandomState();
  const response = await person.authorize({
    response_type: "code",
    client_id: application.clientId,
    redirect_uri: application.redirectUri,
    code_challenge: await oauth4webapi.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
  });
  const parameters = oauth4webapi.validateAuthResponse(metadata, client, response, state);
  const redirectUri = application.redirectUri;
  const exchange = await oauth4webapi.authorizationCodeGrantRequest(
    ...([metadata, client, authentication, parameters, redirectUri, verifier, insecure] as const),
  );
  const first = await oauth4webapi.processAuthorizationCodeResponse(metadata, client, exchange);
  noteTokens(first);

  const url = new URL("/resource", baseUrl);
  const headers = new Headers();
  const resource = await oauth4webapi.protectedResourceRequest(first.access_token, "GET", url, headers, null, insecure);
  expect(await resource.json()).toMatchObject({ user: { username: user.username }, scope: "read write" });

  const renewal = await oauth4webapi.refreshTokenGrantRequest(
    ...([metadata, client, authentication, first.refresh_token ?? "", insecure] as const),
  );
  const second = await oauth4webapi.processRefreshTokenResponse(metadata, client, renewal);
  noteTokens(second);
  expect(second.refresh_token).not.toBe(first.refresh_token);
});

test("oauth4webapi: client credentials; a wrong secret is understood as a Basic challenge", async ({ portal }) => {
  const machine = await portal.createMachine();
  const client: oauth4webapi.Client = { client_id: machine.clientId };
  const request = (secret: string) =>
    oauth4webapi.clientCredentialsGrantRequest(
      ...([metadata, client, oauth4webapi.ClientSecretBasic(secret), { scope: "write" }, insecure] as const),
    );
  const good = await request(machine.clientSecret);
  const answer = await oauth4webapi.processClientCredentialsResponse(metadata, client, good);
  noteTokens(answer);
  expect(answer.scope).toBe("write");
  const refused = oauth4webapi.processClientCredentialsResponse(metadata, client, await request("wrong"));
  await expect(refused).rejects.toThrow(oauth4webapi.WWWAuthenticateChallengeError);
});
