import * as oauth4webapi from "oauth4webapi";
import * as openidClient from "openid-client";
import { expect } from "vitest";
import { issuer } from "../support/environment";
import { noteSecret } from "../support/secrets-seen";
import { test } from "../support/vitest";

/** Third-party clients that push their requests. */
const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize/`,
  token_endpoint: `${issuer}/token/`,
  pushed_authorization_request_endpoint: `${issuer}/par/`,
  authorization_response_iss_parameter_supported: true,
};
const insecure = { [oauth4webapi.allowInsecureRequests]: true };

for (const withDpop of [false, true]) {
  const how = withDpop ? "and bound to a key by DPoP (RFC 9449 §10.1)" : "plain";

  test(`openid-client: a pushed request, ${how}`, async ({ portal, person }) => {
    const application = await portal.createApplication();
    const { id } = application;
    const data = { requirePushedAuthorizationRequests: true, dpopBoundAccessTokens: withDpop };
    await portal.database.application.update({ where: { id }, data, select: { id: true } });
    const secret = openidClient.ClientSecretBasic(application.clientSecret);
    const configuration = new openidClient.Configuration(metadata, application.clientId, {}, secret);
    openidClient.allowInsecureRequests(configuration);
    const keys = withDpop ? await openidClient.randomDPoPKeyPair("ES256") : null;
    const options = keys ? { DPoP: openidClient.getDPoPHandle(configuration, keys) } : {};
    const verifier = openidClient.randomPKCECodeVerifier();
    noteSecret(verifier);
    const state = openidClient.randomState();
    const request = {
      redirect_uri: application.redirectUri,
      scope: "read",
      code_challenge: await openidClient.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
    };
    const url = await openidClient.buildAuthorizationUrlWithPAR(configuration, request, options);
    expect([...url.searchParams.keys()].sort()).toEqual(["client_id", "request_uri"]);
    const response = await person.authorize(Object.fromEntries(url.searchParams));
    const checks = { pkceCodeVerifier: verifier, expectedState: state };
    const tokens = await openidClient.authorizationCodeGrant(configuration, response, checks, undefined, options);
    noteSecret(tokens.access_token);
    noteSecret(tokens.refresh_token ?? "");
    expect(tokens).toMatchObject({ token_type: withDpop ? "dpop" : "bearer", scope: "read" });
  });

  test(`oauth4webapi: a pushed request, ${how}`, async ({ portal, person }) => {
    const application = await portal.createPublicApplication();
    const client: oauth4webapi.Client = { client_id: application.clientId };
    const none = oauth4webapi.None();
    const key = withDpop ? await oauth4webapi.generateKeyPair("ES256") : null;
    const options = { ...insecure, ...(key ? { DPoP: oauth4webapi.DPoP(client, key) } : {}) };
    const verifier = oauth4webapi.generateRandomCodeVerifier();
    noteSecret(verifier);
    const state = oauth4webapi.generateRandomState();
    const request = new URLSearchParams({
      response_type: "code",
      redirect_uri: application.redirectUri,
      code_challenge: await oauth4webapi.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
    });
    const pushed = await withNonce(async () => {
      const answer = await oauth4webapi.pushedAuthorizationRequest(
        ...([metadata, client, none, request, options] as const),
      );
      return oauth4webapi.processPushedAuthorizationResponse(metadata, client, answer);
    });
    expect(pushed.expires_in).toBe(60);
    const reference = { client_id: application.clientId, request_uri: pushed.request_uri };
    const response = await person.authorize(reference);
    const parameters = oauth4webapi.validateAuthResponse(metadata, client, response, state);
    const exchange = (binding: object) =>
      oauth4webapi.authorizationCodeGrantRequest(
        ...([metadata, client, none, parameters, application.redirectUri, verifier, binding] as const),
      );
    if (withDpop) {
      const unproven = oauth4webapi.processAuthorizationCodeResponse(metadata, client, await exchange(insecure));
      await expect(unproven).rejects.toMatchObject({ error: "invalid_dpop_proof" });
    }
    // The nonce from the pushed request's answer is valid here, so the first attempt succeeds.
    const answer = await exchange(options);
    const tokens = await oauth4webapi.processAuthorizationCodeResponse(metadata, client, answer);
    noteSecret(tokens.access_token);
    noteSecret(tokens.refresh_token ?? "");
    expect(tokens.token_type).toBe(withDpop ? "dpop" : "bearer");
  });
}

async function withNonce<T>(attempt: () => Promise<T>): Promise<T> {
  return attempt().catch((error: unknown) => {
    if (!oauth4webapi.isDPoPNonceError(error)) throw error;
    return attempt();
  });
}
