import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { answerIntrospectionRequest } from "../access/introspection";
import type { Client } from "../ports/client";
import type { SecurityProfile } from "../ports/client-choices";
import { createFapiClient } from "../testing/fapi-client";
import { pageError, pendingId, signedOut, signIn } from "../testing/flow";
import { buildContext, type TestContext } from "../testing/test-context";
import { answerTokenRequest } from "../token/token";
import { digest } from "../wire/digest";
import { resumeAuthorization } from "./authorize";

async function arrange(values: Partial<Client> = {}, profile: SecurityProfile = "fapi2_message_signing") {
  const context = buildContext();
  return { context, ...(await createFapiClient(context, profile, values)) };
}

/** What an answer in the address says, once its signature is known to be the server's. */
async function readSigned(context: TestContext, outcome: object): Promise<Record<string, unknown>> {
  const { searchParams } = new URL((outcome as { location: string }).location);
  expect([...searchParams.keys()]).toEqual(["response"]);
  const response = searchParams.get("response") ?? "";
  await compactVerify(response, createLocalJWKSet({ keys: await context.keys.publicKeys() }));
  expect(decodeProtectedHeader(response)).toMatchObject({ alg: "PS256" });
  return decodeJwt(response);
}

describe("FAPI 2.0 Message Signing §5.3.1: signed requests", () => {
  test("a signed request leads to a code", async () => {
    const { context, push, follow, obtainRequestUri } = await arrange();
    expect(await push()).toMatchObject({ status: 201 });
    const answer = await readSigned(context, await follow(await obtainRequestUri()));
    expect(answer).toMatchObject({ state: "pushed", iss: context.issuer, code: expect.any(String) });
  });

  test("RFC 9101 §10.8: the type of a request object may be explicit", async () => {
    const { push, signRequest } = await arrange();
    const request = await signRequest({}, { typ: "oauth-authz-req+jwt" });
    expect(await push({ parameters: { request } })).toMatchObject({ status: 201 });
  });

  test("an unsigned one is invalid_request, in any form", async () => {
    const { push, client } = await arrange();
    const parameters = { request: "", response_type: "code", redirect_uri: client.redirectUris[0] };
    expect(await push({ parameters })).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });

  const seconds = (context: TestContext) => Math.floor(context.now().getTime() / 1000);
  test.each<[string, (now: number) => Record<string, unknown>, number]>([
    ["no. 2: no aud", () => ({ aud: undefined }), 400],
    ["no. 2: the aud of another server", () => ({ aud: "https://other.example/o" }), 400],
    [
      "no. 2: several aud, one of them this server's",
      () => ({ aud: ["https://a.example", "https://id.example/o"] }),
      201,
    ],
    ["no. 3: no nbf", () => ({ nbf: undefined }), 400],
    ["no. 3: nbf an hour ago", (now) => ({ nbf: now - 3599, exp: now + 1 }), 201],
    ["no. 3: nbf more than an hour ago", (now) => ({ nbf: now - 3601 }), 400],
    ["no. 4: no exp", () => ({ exp: undefined }), 400],
    ["no. 4: exp an hour after nbf", (now) => ({ exp: now + 3600 }), 201],
    ["no. 4: exp more than an hour after nbf", (now) => ({ exp: now + 3601 }), 400],
    ["Security Profile §5.3.2.1 no. 13: nbf and iat in ten seconds", (now) => ({ nbf: now + 10, iat: now + 10 }), 201],
    ["Security Profile §5.3.2.1 no. 13: nbf in more than a minute", (now) => ({ nbf: now + 61, exp: now + 100 }), 400],
    ["Security Profile §5.3.2.1 no. 13: iat in more than a minute", (now) => ({ iat: now + 61 }), 400],
    ["a request_uri in it", () => ({ request_uri: "urn:x" }), 400],
  ])("%s", async (_, claims, status) => {
    const { context, push, signRequest } = await arrange();
    const answer = await push({ parameters: { request: await signRequest(claims(seconds(context))) } });
    expect(answer).toMatchObject({ status, ...(status === 400 ? { body: { error: "invalid_request_object" } } : {}) });
  });

  test("the same applies to one that a client of the Security Profile signs voluntarily", async () => {
    const { push, signRequest } = await arrange({}, "fapi2_security");
    const send = async (claims: object) => push({ parameters: { request: await signRequest({ ...claims }) } });
    expect(await send({})).toMatchObject({ status: 201 });
    expect(await send({ nbf: undefined })).toMatchObject({ body: { error: "invalid_request_object" } });
  });

  test("Security Profile §5.4.1: alg none, and every algorithm that isn't the profile's", async () => {
    const refused = { status: 400, body: { error: "invalid_request_object" } };
    const { push, client } = await arrange();
    const request = new UnsecuredJWT({ client_id: client.clientId }).encode();
    expect(await push({ parameters: { request } })).toMatchObject(refused);
    // Its assertions would be refused first, had it no key for them.
    const other = await arrange();
    const rsa = await arrange({ tokenEndpointAuthSigningAlg: "RS256" });
    const both = { keys: [...(other.client.jwks?.keys ?? []), { ...rsa.client.jwks?.keys[0], kid: "rsa" }] };
    other.context.stores.saveClient({ ...other.client, jwks: both as Client["jwks"] });
    const signed = await rsa.signRequest(
      { iss: other.client.clientId, client_id: other.client.clientId },
      { kid: "rsa" },
    );
    expect(await other.push({ parameters: { request: signed } })).toMatchObject(refused);
  });

  test("parameters beside the request object are ignored, also with openid", async () => {
    const { context, client, push, signRequest, follow } = await arrange();
    const request = await signRequest({ state: undefined, scope: "openid" });
    const answer = await push({ parameters: { request, state: "outside", scope: "openid", nonce: "outside" } });
    const { request_uri } = answer.body as Record<string, string>;
    const response = await readSigned(context, await follow(request_uri ?? ""));
    expect(response).not.toHaveProperty("state");
    expect(await context.stores.codes.find(digest(String(response.code)))).toMatchObject({
      applicationId: client.id,
      nonce: null,
    });
  });
});

describe("RFC 9449 §10.1: a signed dpop_jkt at the pushed authorization request endpoint", () => {
  const refused = { status: 400, body: { error: "invalid_dpop_proof" } };

  test("that doesn't match the proof's key is refused, whatever is beside the request object", async () => {
    const { push, signRequest, dpopKey } = await arrange();
    const request = await signRequest({ dpop_jkt: digest("another key") });
    expect(await push({ parameters: { request } })).toMatchObject(refused);
    expect(await push({ parameters: { request, dpop_jkt: dpopKey.jkt } })).toMatchObject(refused);
  });

  test("that matches the proof's key is accepted, and one beside the request object is ignored", async () => {
    const { context, push, signRequest, dpopKey, follow } = await arrange();
    const request = await signRequest({ dpop_jkt: dpopKey.jkt });
    expect(await push({ parameters: { request } })).toMatchObject({ status: 201 });
    const answer = await push({ parameters: { request, dpop_jkt: digest("another key") } });
    const { request_uri } = answer.body as Record<string, string>;
    const { code } = await readSigned(context, await follow(request_uri ?? ""));
    expect(await context.stores.codes.find(digest(String(code)))).toMatchObject({ dpopJkt: dpopKey.jkt });
  });

  test("without a proof the code is bound to it", async () => {
    const { context, push, signRequest, follow } = await arrange();
    const dpop_jkt = digest("a key");
    const request = await signRequest({ dpop_jkt });
    const answer = await push({ parameters: { request, dpop_jkt: "malformed" }, request: { dpop: null } });
    const { request_uri } = answer.body as Record<string, string>;
    const { code } = await readSigned(context, await follow(request_uri ?? ""));
    expect(await context.stores.codes.find(digest(String(code)))).toMatchObject({ dpopJkt: dpop_jkt });
  });
});

describe("FAPI 2.0 Message Signing §5.4.1: signed responses", () => {
  test.each(["query", "fragment", "form_post"])("the plain response mode %s is refused", async (response_mode) => {
    const { push } = await arrange();
    const answer = await push({ parameters: { response_mode } });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });

  test.each(["jwt", "query.jwt", "fragment.jwt", "form_post.jwt"])("%s is not", async (response_mode) => {
    const { push } = await arrange();
    expect(await push({ parameters: { response_mode } })).toMatchObject({ status: 201 });
  });

  test("an error is signed as well", async () => {
    const { context, obtainRequestUri, follow } = await arrange();
    const requestUri = await obtainRequestUri({ parameters: { prompt: "none" } });
    const answer = await readSigned(context, await follow(requestUri, { ...signIn(context), session: null } as never));
    expect(answer).toMatchObject({ error: "login_required", state: "pushed" });
  });

  test("a request from before the client had the profile isn't answered unsigned", async () => {
    const { context, client, obtainRequestUri, follow } = await arrange({}, "fapi2_security");
    const anonymous = signedOut();
    const id = pendingId(await follow(await obtainRequestUri(), anonymous as never), "login");
    context.stores.saveClient({ ...client, securityProfile: "fapi2_message_signing" });
    pageError(await resumeAuthorization(context, id, { ...signIn(context), browserId: anonymous.browserId }));
  });
});

describe("FAPI 2.0 Message Signing §5.5.1: signed introspection", () => {
  test.each([null, "application/json", "application/token-introspection+jwt"])(
    "asked with Accept %s",
    async (accept) => {
      const { context, client, send } = await arrange();
      const token = await answerTokenRequest(
        context,
        await send("/token", { parameters: { grant_type: "client_credentials" } }),
      );
      const { access_token } = token.body as Record<string, string>;
      const request = await send("/introspect", { parameters: { token: access_token }, request: { accept } });
      const answer = await answerIntrospectionRequest(context, request);
      expect(answer).toMatchObject({ status: 200, headers: { "Content-Type": "application/token-introspection+jwt" } });
      expect(decodeProtectedHeader(String(answer.body))).toMatchObject({
        typ: "token-introspection+jwt",
        alg: "PS256",
      });
      expect(decodeJwt(String(answer.body))).toMatchObject({
        aud: client.clientId,
        token_introspection: { active: true, token_type: "DPoP" },
      });
    },
  );
});
