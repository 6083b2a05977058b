import { decodeProtectedHeader, importJWK } from "jose";
import { describe, expect, test } from "vitest";
import { checkBearer } from "../access/bearer";
import { answerIntrospectionRequest } from "../access/introspection";
import { answerRevocationRequest } from "../access/revocation";
import { answerDeviceAuthorizationRequest } from "../device/device-authorization";
import type { Client } from "../ports/client";
import type { ProtocolSettings } from "../ports/settings";
import { deviceCodeGrant } from "../ports/types";
import { createDpopKey, createProof } from "../testing/dpop-proof";
import { createFapiClient } from "../testing/fapi-client";
import {
  buildClientRequest,
  buildResourceRequest,
  formEncode,
  isGood,
  pageError,
  pendingId,
  redirectParameters,
  sendTokenRequest,
  signedOut,
  signIn,
  type Wire,
} from "../testing/flow";
import { buildContext, registerApi, registerClient } from "../testing/test-context";
import { answerTokenRequest } from "../token/token";
import { digest } from "../wire/digest";
import { authorize, resumeAuthorization } from "./authorize";

async function arrange(values: Partial<Client> = {}, settings: Partial<ProtocolSettings> = {}) {
  const context = buildContext(settings);
  const fapi = await createFapiClient(context, "fapi2_security", values);
  const requestTokens = async (parameters: Wire, request = {}) =>
    answerTokenRequest(context, await fapi.send("/token", { parameters, request }));
  return { context, ...fapi, requestTokens };
}

const body = (answer: { body: unknown }) => answer.body as Record<string, string>;

describe("FAPI 2.0 Security Profile: a client that meets all requirements", () => {
  test("gets from the pushed request to tokens that are bound to its key", async () => {
    const { context, obtainCode, exchangeOf, requestTokens, dpopKey } = await arrange();
    const code = await obtainCode({ parameters: { scope: "openid read" } });
    const answer = await requestTokens(exchangeOf(code));
    expect(answer).toMatchObject({ status: 200, body: { token_type: "DPoP", scope: "openid read" } });
    const found = await context.stores.tokens.findAccessToken(digest(body(answer).access_token ?? ""));
    expect(found).toMatchObject({ dpopJkt: dpopKey.jkt });
    // §5.4.1, although the registration says nothing of an algorithm.
    expect(decodeProtectedHeader(body(answer).id_token ?? "")).toMatchObject({ alg: "PS256" });
  });

  test("RFC 9068, §5.4.1: its JWT access tokens aren't signed with RS256 either", async () => {
    const { context, requestTokens } = await arrange();
    const { identifier } = registerApi(context, { tokenFormat: "jwt" });
    const answer = await requestTokens({ grant_type: "client_credentials", resource: identifier });
    expect(decodeProtectedHeader(body(answer).access_token ?? "")).toMatchObject({ alg: "PS256", typ: "at+jwt" });
  });

  test("§5.3.2.1 no. 11, §5.3.2.2 no. 12: however long the server's own lifetimes are", async () => {
    const { context, client, push, obtainCode } = await arrange(
      {},
      { authorizationCodeLifetime: 600, pushedAuthorizationRequestLifetime: 600 },
    );
    expect(await push()).toMatchObject({ status: 201, body: { expires_in: 599 } });
    const found = await context.stores.codes.find(digest(await obtainCode()));
    expect(found).toMatchObject({ applicationId: client.id });
    expect(Number(found?.expiresAt) - Number(found?.createdAt)).toBe(60_000);
  });
});

describe("FAPI 2.0 Security Profile: anything weaker is refused, whatever the client's registration", () => {
  test.each<[string, Wire, string]>([
    ["§5.3.2.2 no. 1: another response type", { response_type: "token" }, "unsupported_response_type"],
    ["§5.3.2.2 no. 5: no PKCE", { code_challenge: undefined, code_challenge_method: undefined }, "invalid_request"],
    ["§5.3.2.2 no. 5: PKCE by plain", { code_challenge_method: "plain" }, "invalid_request"],
    ["§5.3.2.2 no. 6: no redirect_uri", { redirect_uri: undefined }, "invalid_request"],
  ])("%s", async (_, parameters, error) => {
    const { push } = await arrange();
    expect(await push({ parameters })).toMatchObject({ status: 400, body: { error } });
  });

  test("§5.3.2.2 no. 3: a request that was not pushed", async () => {
    const { context, client } = await arrange();
    const plain = { response_type: "code", client_id: client.clientId, redirect_uri: client.redirectUris[0] };
    pageError(await authorize(context, formEncode(plain), signIn(context)));
  });

  test("§5.3.2.2 no. 4, §5.3.2.1 no. 6: no authentication except by assertion, at every endpoint", async () => {
    const { context, client, push } = await arrange({ tokenEndpointAuthMethod: "client_secret_post" });
    const weaker: Wire[] = [{ client_id: client.clientId }, { client_id: client.clientId, client_secret: "a secret" }];
    for (const credentials of weaker) {
      const answers = await Promise.all([
        push({ parameters: { ...credentials, client_assertion: undefined, client_assertion_type: undefined } }),
        sendTokenRequest(context, { grant_type: "client_credentials", ...credentials }),
        answerIntrospectionRequest(context, buildClientRequest({ token: "x", ...credentials })),
        answerRevocationRequest(context, buildClientRequest({ token: "x", ...credentials })),
      ]);
      for (const answer of answers) expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    }
  });

  test("§5.3.2.1 no. 6: its own secret, if it had one", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context, { securityProfile: "fapi2_security" });
    const credentials = { client_id: client.clientId, client_secret: secret };
    const answer = await sendTokenRequest(context, { grant_type: "client_credentials", ...credentials });
    expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  test.each([
    ["RS256", 401],
    ["PS384", 401],
    ["ES384", 401],
    ["PS256", 201],
    ["Ed25519", 201],
  ] as const)("§5.4.1: an assertion by %s: %i", async (tokenEndpointAuthSigningAlg, status) => {
    const { push } = await arrange({ tokenEndpointAuthSigningAlg });
    expect(await push()).toMatchObject({ status });
  });

  test("§5.3.2.1 nos. 4 and 5: a token request without a proof, or with one signed with RS256", async () => {
    const { context, requestTokens } = await arrange();
    const refused = { status: 400, body: { error: "invalid_dpop_proof" } };
    const grant = { grant_type: "client_credentials" };
    expect(await requestTokens(grant, { dpop: null })).toMatchObject(refused);
    for (const [alg, status] of [
      ["RS256", 400],
      ["ES384", 400],
      ["PS256", 200],
      ["EdDSA", 200],
    ] as const) {
      const target = { method: "POST", uri: `${context.issuer}/token`, at: context.now() };
      const dpop = await createProof(await createDpopKey(alg), target);
      expect(await requestTokens(grant, { dpop })).toMatchObject({ status });
    }
  });

  test("a token request with a grant that the profile doesn't allow", async () => {
    const { context, send, requestTokens } = await arrange({ grantTypes: ["authorization_code", deviceCodeGrant] });
    const refused = { status: 400, body: { error: "unauthorized_client" } };
    expect(await requestTokens({ grant_type: deviceCodeGrant, device_code: "x" })).toMatchObject(refused);
    const request = await send("/device-authorization", {});
    expect(await answerDeviceAuthorizationRequest(context, request)).toMatchObject(refused);
  });

  test("§5.3.2.2 no. 8: an http redirect URI, registered or not", async () => {
    const { push } = await arrange({ redirectUris: ["http://app.example/cb", "http://127.0.0.1/cb"] });
    const pushTo = (redirect_uri: string) => push({ parameters: { redirect_uri } });
    expect(await pushTo("http://app.example/cb")).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    expect(await pushTo("http://127.0.0.1:4711/cb")).toMatchObject({ status: 201 });
  });

  test("§5.4.1: a proof signed with RS256 at a resource, for a token whose key has signed with PS256", async () => {
    const { context, requestTokens } = await arrange();
    const key = await createDpopKey("PS256");
    const dpop = await createProof(key, { method: "POST", uri: `${context.issuer}/token`, at: context.now() });
    const accessToken = body(await requestTokens({ grant_type: "client_credentials" }, { dpop })).access_token ?? "";
    const { uri, method } = buildResourceRequest(accessToken);
    const present = async (alg: string) => {
      const privateKey = (await importJWK(key.privateJwk, alg)) as CryptoKey;
      const proof = await createProof({ ...key, alg, privateKey }, { method, uri, at: context.now(), accessToken });
      return checkBearer(context, { authorization: `DPoP ${accessToken}`, dpop: proof, method, uri }, { scopes: [] });
    };
    expect(await present("PS256")).toMatchObject({ user: null });
    await expect(present("RS256")).rejects.toMatchObject({ error: "invalid_dpop_proof" });
  });
});

describe("what began before the client had a profile", () => {
  const arrangeBefore = async () => {
    const before = await arrange({ securityProfile: null, tokenEndpointAuthMethod: "private_key_jwt" });
    const { context, client } = before;
    return { ...before, setProfile: () => context.stores.saveClient({ ...client, securityProfile: "fapi2_security" }) };
  };
  const withoutPkce = { parameters: { code_challenge: undefined, code_challenge_method: undefined } };

  test("a pending request isn't answered", async () => {
    const { context, client, setProfile } = await arrangeBefore();
    const anonymous = signedOut();
    const plain = { response_type: "code", client_id: client.clientId };
    const id = pendingId(await authorize(context, formEncode(plain), anonymous), "login");
    setProfile();
    pageError(await resumeAuthorization(context, id, { ...signIn(context), browserId: anonymous.browserId }));
  });

  test("a request that was pushed without PKCE is refused when it is opened", async () => {
    const { obtainRequestUri, follow, setProfile } = await arrangeBefore();
    const requestUri = await obtainRequestUri(withoutPkce);
    setProfile();
    expect(redirectParameters(await follow(requestUri))).toMatchObject({ error: "invalid_request" });
  });

  test("a code without PKCE is not redeemed", async () => {
    const { obtainCode, exchangeOf, requestTokens, setProfile } = await arrangeBefore();
    const code = await obtainCode({ ...withoutPkce, request: { dpop: null } });
    setProfile();
    const answer = await requestTokens({ ...exchangeOf(code), code_verifier: undefined });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("an unbound token is no longer valid, and no caller learns that it exists", async () => {
    const { context, send, requestTokens, setProfile } = await arrangeBefore();
    const issued = await requestTokens({ grant_type: "client_credentials" }, { dpop: null });
    const accessToken = body(issued).access_token ?? "";
    expect(await isGood(context, { accessToken })).toBe(true);
    setProfile();
    expect(await isGood(context, { accessToken })).toBe(false);
    const asked = await answerIntrospectionRequest(
      context,
      await send("/introspect", { parameters: { token: accessToken } }),
    );
    expect(asked.body).toEqual({ active: false });
  });
});
