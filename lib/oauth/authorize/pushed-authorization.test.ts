import { describe, expect, test } from "vitest";
import { dpopNonce } from "../client/dpop";
import { createDpopKey, createProof } from "../testing/dpop-proof";
import { basic, buildPkce, codeRequest, redirectParameters, sendTokenRequest, type Wire } from "../testing/flow";
import { follow, obtainRequestUri, push, requestOf } from "../testing/pushing";
import { buildContext, registerClient } from "../testing/test-context";
import { digest } from "../wire/digest";

describe("RFC 9126 §2: the pushed authorization request endpoint", () => {
  test("§2.2: 201 with an unguessable request_uri and its lifetime, never cached", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const answers = [await push(context, requestOf(client, secret)), await push(context, requestOf(client, secret))];
    for (const answer of answers) {
      expect(answer).toEqual({
        status: 201,
        headers: { "Cache-Control": "no-store", Pragma: "no-cache" },
        body: {
          request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}$/),
          expires_in: 60,
        },
      });
    }
    expect(answers[0]?.body).not.toEqual(answers[1]?.body);
  });

  test("what is stored reveals neither the request_uri nor the client's credentials", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const create = context.stores.pushedRequests.create;
    const stored: string[] = [];
    context.stores.pushedRequests.create = (request) => {
      stored.push(JSON.stringify(request));
      return create(request);
    };
    const requestUri = await obtainRequestUri(context, client, secret, { scope: "read" });
    expect(stored).toHaveLength(1);
    for (const kept of ["scope=read", "state=pushed", digest(requestUri)]) expect(stored[0]).toContain(kept);
    for (const secretPart of [secret, "client_secret", requestUri]) expect(stored[0]).not.toContain(secretPart);
  });

  test("the client authenticates with its registered method: Basic, a public one with its client_id", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const request = requestOf(client, secret, { client_id: undefined, client_secret: undefined });
    expect(await push(context, request, { authorization: basic(client.clientId, secret) })).toMatchObject({
      status: 201,
    });
    const native = registerClient(context, { clientType: "public" }).client;
    const pkce = { code_challenge: buildPkce().challenge, code_challenge_method: "S256" };
    const named = requestOf(native, "", { client_secret: undefined, ...pkce });
    expect(await push(context, named)).toMatchObject({ status: 201 });
  });

  test.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "invalid_client"],
    ["no secret", { client_secret: undefined }, 401, "invalid_client"],
    ["an unknown client", { client_id: "nobody" }, 401, "invalid_client"],
    ["§2.1: a request_uri", { request_uri: "urn:ietf:params:oauth:request_uri:x" }, 400, "invalid_request"],
    ["a request object", { request: "e30.e30." }, 400, "invalid_request_object"],
    ["a parameter twice", { state: ["a", "b"] }, 400, "invalid_request"],
    ["an unregistered redirect URI", { redirect_uri: "https://evil.example/" }, 400, "invalid_request"],
    ["a scheme that runs scripts", { redirect_uri: "javascript:alert(1)" }, 400, "invalid_request"],
    ["no response_type", { response_type: undefined }, 400, "invalid_request"],
    ["response_type=token", { response_type: "token" }, 400, "unsupported_response_type"],
    ["an unknown scope", { scope: "bogus" }, 400, "invalid_scope"],
    ["an unknown resource", { resource: "https://nobody.example/" }, 400, "invalid_target"],
    ["an unknown response_mode", { response_mode: "x" }, 400, "invalid_request"],
    ["the method plain", { code_challenge: "a".repeat(43), code_challenge_method: "plain" }, 400, "invalid_request"],
    ["a malformed max_age", { max_age: "x" }, 400, "invalid_request"],
    ["a malformed dpop_jkt", { dpop_jkt: "x" }, 400, "invalid_request"],
    ["a state with control characters", { state: "a\0" }, 400, "invalid_request"],
  ] as [string, Wire, number, string][])(
    "§2.3: %s is told at once, and nothing stored",
    async (_, more, status, error) => {
      const context = buildContext();
      const { client, secret } = registerClient(context);
      context.stores.pushedRequests.create = async () => {
        throw new Error("stored");
      };
      expect(await push(context, requestOf(client, secret, more))).toMatchObject({ status, body: { error } });
    },
  );

  test("a client_id beside other credentials has to match", async () => {
    const context = buildContext();
    const [one, other] = [registerClient(context), registerClient(context)];
    const request = requestOf(other.client, "", { client_secret: undefined });
    const authorization = basic(one.client.clientId, one.secret);
    expect(await push(context, request, { authorization })).toMatchObject({
      status: 400,
      body: { error: "invalid_request" },
    });
  });

  test("not by query or JSON; disabled clients and those without the grant are refused", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const request = requestOf(client, secret);
    expect(await push(context, request, { query: "a=1" })).toMatchObject({ status: 400 });
    expect(await push(context, request, { contentType: "application/json" })).toMatchObject({ status: 415 });
    const disabled = registerClient(context, { disabled: true });
    expect(await push(context, requestOf(disabled.client, disabled.secret))).toMatchObject({ status: 401 });
    const machine = registerClient(context, { grantTypes: ["client_credentials"] });
    const refused = await push(context, requestOf(machine.client, machine.secret));
    expect(refused).toMatchObject({ status: 400, body: { error: "unauthorized_client" } });
  });
});

describe("RFC 9449 §10.1: DPoP at the pushed authorization request endpoint", () => {
  async function arrange() {
    const context = buildContext();
    const { client, secret } = registerClient(context, { skipConsent: true });
    const key = await createDpopKey();
    const prove = (path: string, nonce?: string) =>
      createProof(key, { method: "POST", uri: `${context.issuer}${path}`, at: context.now(), nonce });
    return { context, client, secret, key, prove };
  }

  test("a proof binds the code to its key: redeeming it requires proof of possession", async () => {
    const { context, client, secret, key, prove } = await arrange();
    const answer = await push(context, requestOf(client, secret), { dpop: await prove("/par/") });
    expect(answer).toMatchObject({ status: 201, headers: { "DPoP-Nonce": dpopNonce(context) } });
    const requestUri = String((answer.body as Record<string, unknown>).request_uri);
    const { code = "" } = redirectParameters(await follow(context, client, requestUri));
    expect(await context.stores.codes.find(digest(code))).toMatchObject({ dpopJkt: key.jkt });
    const redeem = (dpop: string | null) => sendTokenRequest(context, codeRequest(client, secret, code), { dpop });
    expect(await redeem(null)).toMatchObject({ status: 400, body: { error: "invalid_dpop_proof" } });
    expect(await redeem(await prove("/token"))).toMatchObject({ status: 200, body: { token_type: "DPoP" } });
  });

  test("a dpop_jkt beside it has to be that key's", async () => {
    const { context, client, secret, key, prove } = await arrange();
    const send = async (dpop_jkt: string) =>
      push(context, requestOf(client, secret, { dpop_jkt }), { dpop: await prove("/par") });
    expect(await send(digest("another key"))).toMatchObject({ status: 400, body: { error: "invalid_dpop_proof" } });
    expect(await send(key.jkt)).toMatchObject({ status: 201 });
  });

  test("a proof for another endpoint or used before is refused; the nonce is required", async () => {
    const { context, client, secret, prove } = await arrange();
    const send = (dpop: string) => push(context, requestOf(client, secret), { dpop });
    const proof = await prove("/par");
    expect(await send(proof)).toMatchObject({ status: 201 });
    for (const bad of [proof, await prove("/token"), "x", `${await prove("/par")}, ${await prove("/par")}`]) {
      expect(await send(bad)).toMatchObject({ status: 400, body: { error: "invalid_dpop_proof" } });
    }
    context.settings.requireDpopNonce = true;
    const asked = await send(await prove("/par"));
    expect(asked).toMatchObject({ status: 400, body: { error: "use_dpop_nonce" } });
    expect(await send(await prove("/par", asked.headers["DPoP-Nonce"]))).toMatchObject({ status: 201 });
  });
});
