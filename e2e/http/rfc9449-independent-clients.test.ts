import * as oauth4webapi from "oauth4webapi";
import * as openidClient from "openid-client";
import { expect } from "vitest";
import { baseUrl, issuer } from "../support/environment";
import { noteSecret } from "../support/secrets-seen";
import { test } from "../support/vitest";

/** Third-party clients with DPoP: they create the proofs, and read the nonces from the answers. */
const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize/`,
  token_endpoint: `${issuer}/token/`,
  authorization_response_iss_parameter_supported: true,
};
const insecure = { [oauth4webapi.allowInsecureRequests]: true };
const resource = new URL("/resource", baseUrl);

function noteTokens(answer: { access_token: string; refresh_token?: string }): void {
  noteSecret(answer.access_token);
  noteSecret(answer.refresh_token ?? "");
}

/** As in the library's documentation: an answer that demands a nonce is repeated once. */
async function withNonce<T>(attempt: () => Promise<T>): Promise<T> {
  return attempt().catch((error: unknown) => {
    if (!oauth4webapi.isDPoPNonceError(error)) throw error;
    return attempt();
  });
}

test.for(["ES256", "Ed25519", "PS256", "RS256"] as const)(
  "oauth4webapi: client credentials and resource, bound to a key of %s",
  async (algorithm, { portal }) => {
    const machine = await portal.createMachine();
    const client: oauth4webapi.Client = { client_id: machine.clientId };
    const DPoP = oauth4webapi.DPoP(client, await oauth4webapi.generateKeyPair(algorithm));
    const authentication = oauth4webapi.ClientSecretBasic(machine.clientSecret);
    const parameters = new URLSearchParams({ scope: "read" });
    let attempts = 0;
    const tokens = await withNonce(async () => {
      attempts += 1;
      const response = await oauth4webapi.clientCredentialsGrantRequest(
        ...([metadata, client, authentication, parameters, { DPoP, ...insecure }] as const),
      );
      return oauth4webapi.processClientCredentialsResponse(metadata, client, response);
    });
    noteTokens(tokens);
    expect(tokens.token_type).toBe("dpop");
    expect(attempts).toBe(2);
    const request = (options: object) =>
      oauth4webapi.protectedResourceRequest(
        ...([tokens.access_token, "GET", resource, new Headers(), null, { ...insecure, ...options }] as const),
      );
    // The token endpoint's nonce is valid at the resource, which has the same origin.
    expect(await (await request({ DPoP })).json()).toMatchObject({ application: { client_id: machine.clientId } });
    await expect(request({})).rejects.toThrow(oauth4webapi.WWWAuthenticateChallengeError);
    const stranger = oauth4webapi.DPoP(client, await oauth4webapi.generateKeyPair(algorithm));
    await expect(withNonce(() => request({ DPoP: stranger }))).rejects.toMatchObject({
      cause: [{ scheme: "dpop", parameters: { error: "invalid_token" } }],
    });
  },
);

test("oauth4webapi: a public client's code with dpop_jkt, resource and refresh", async ({ portal, person, user }) => {
  const application = await portal.createPublicApplication();
  const client: oauth4webapi.Client = { client_id: application.clientId };
  const DPoP = oauth4webapi.DPoP(client, await oauth4webapi.generateKeyPair("ES256"));
  const options = { DPoP, ...insecure };
  const verifier = oauth4webapi.generateRandomCodeVerifier();
  noteSecret(verifier);
  const state = oauth4webapi.generateRandomState();
  const response = await person.authorize({
    response_type: "code",
    client_id: application.clientId,
    redirect_uri: application.redirectUri,
    code_challenge: await oauth4webapi.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    dpop_jkt: await DPoP.calculateThumbprint(),
    state,
  });
  const parameters = oauth4webapi.validateAuthResponse(metadata, client, response, state);
  const none = oauth4webapi.None();
  const first = await withNonce(async () => {
    const exchange = await oauth4webapi.authorizationCodeGrantRequest(
      ...([metadata, client, none, parameters, application.redirectUri, verifier, options] as const),
    );
    return oauth4webapi.processAuthorizationCodeResponse(metadata, client, exchange);
  });
  noteTokens(first);
  expect(first.token_type).toBe("dpop");
  const second = await withNonce(async () => {
    const refresh = await oauth4webapi.refreshTokenGrantRequest(
      ...([metadata, client, none, first.refresh_token ?? "", options] as const),
    );
    return oauth4webapi.processRefreshTokenResponse(metadata, client, refresh);
  });
  noteTokens(second);
  const answer = await oauth4webapi.protectedResourceRequest(
    ...([second.access_token, "GET", resource, new Headers(), null, options] as const),
  );
  expect(await answer.json()).toMatchObject({ user: { username: user.username } });
});

test("openid-client: client credentials and resource, handling nonces by itself", async ({ portal }) => {
  const machine = await portal.createMachine();
  const configuration = new openidClient.Configuration(metadata, machine.clientId, machine.clientSecret);
  openidClient.allowInsecureRequests(configuration);
  const DPoP = openidClient.getDPoPHandle(configuration, await openidClient.randomDPoPKeyPair("ES256"));
  const tokens = await openidClient.clientCredentialsGrant(configuration, { scope: "read" }, { DPoP });
  noteTokens(tokens);
  expect(tokens.token_type).toBe("dpop");
  const answer = await openidClient.fetchProtectedResource(
    ...([configuration, tokens.access_token, resource, "GET", undefined, undefined, { DPoP }] as const),
  );
  expect(await answer.json()).toMatchObject({ application: { client_id: machine.clientId } });
});
