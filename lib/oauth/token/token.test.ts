import { describe, expect, test } from "vitest";
import {
  basic,
  buildClientRequest,
  codeRequest,
  formEncode,
  obtainCode,
  sendTokenRequest,
  type Wire,
} from "../testing/flow";
import { buildContext, registerClient } from "../testing/test-context";
import type { OAuthError } from "../wire/errors";
import { answerTokenRequest } from "./token";

const noStore = { "Cache-Control": "no-store", Pragma: "no-cache" };

function registerMachine(context: ReturnType<typeof buildContext>) {
  const { client, secret } = registerClient(context, { grantTypes: ["client_credentials"] });
  const body: Wire = { grant_type: "client_credentials", client_id: client.clientId, client_secret: secret };
  return { client, secret, body };
}

describe("RFC 6749 §3.2: the shape of a token request", () => {
  test.each([
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=UTF-8",
    "Application/X-WWW-Form-Urlencoded;charset=utf-8",
    " application/x-www-form-urlencoded ",
  ])("the content type %j is a form", async (contentType) => {
    const context = buildContext();
    const { body } = registerMachine(context);
    expect(await sendTokenRequest(context, body, { contentType })).toMatchObject({ status: 200 });
  });

  test.each([
    null,
    "",
    "application/json",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/x-www-form-urlencodedx",
  ])("the content type %j is 415 invalid_request", async (contentType) => {
    const context = buildContext();
    const { body } = registerMachine(context);
    const response = await sendTokenRequest(context, body, { contentType });
    expect(response).toMatchObject({ status: 415, headers: noStore, body: { error: "invalid_request" } });
  });

  test("RFC 6749 §2.3.1: parameters in the URL are refused, the right ones too", async () => {
    const context = buildContext();
    const { body } = registerMachine(context);
    for (const query of ["a=1", formEncode(body), "%zz"]) {
      const response = await sendTokenRequest(context, body, { query });
      expect(response).toMatchObject({ status: 400, headers: noStore, body: { error: "invalid_request" } });
    }
  });

  test.each([
    ["repeated grant_type", { grant_type: ["client_credentials", "client_credentials"] }],
    ["repeated client_secret", { client_secret: ["a", "b"] }],
    ["repeated unknown parameter", { foo: ["1", "2"] }],
  ] as [string, Wire][])("%s is an invalid_request", async (_, parameters) => {
    const context = buildContext();
    const { body } = registerMachine(context);
    const response = await sendTokenRequest(context, { ...body, ...parameters });
    expect(response).toMatchObject({ status: 400, headers: noStore, body: { error: "invalid_request" } });
  });

  test.each([
    ["nothing", ""],
    ["broken percent-encoding", "grant_type=client_credentials&client_id=%zz"],
    ["bytes that aren't UTF-8", "grant_type=client_credentials&client_id=%ff"],
    ["JSON", '{"grant_type":"client_credentials"}'],
    ["no grant_type", "client_id=a&client_secret=b"],
    ["an empty grant_type", "grant_type=&client_id=a&client_secret=b"],
  ])("a body of %s is an invalid_request", async (_, body) => {
    const response = await sendTokenRequest(buildContext(), {}, { body });
    expect(response).toMatchObject({ status: 400, headers: noStore, body: { error: "invalid_request" } });
  });

  test.each([
    "foo",
    "password",
    "implicit",
    "CLIENT_CREDENTIALS",
    "client_credentials ",
    "constructor",
    "__proto__",
    "a\0",
  ])("RFC 6749 §5.2, RFC 9700 §2.4: grant_type %j is an unsupported_grant_type", async (grant_type) => {
    const context = buildContext();
    const { body } = registerMachine(context);
    const response = await sendTokenRequest(context, { ...body, grant_type });
    expect(response).toMatchObject({ status: 400, headers: noStore, body: { error: "unsupported_grant_type" } });
  });
});

describe("RFC 6749 §5.2: errors of a token request", () => {
  test.each([
    ["wrong secret in the body", { client_secret: "wrong" }, null],
    ["NUL in the client id", { client_id: "a\0b" }, null],
    ["unknown client", { client_id: "unknown" }, null],
    ["no client", { client_id: undefined, client_secret: undefined }, null],
    ["wrong secret by Basic", { client_id: undefined, client_secret: undefined }, basic("unknown", "wrong")],
    ["broken Basic", { client_id: undefined, client_secret: undefined }, "Basic !!!"],
  ] as [string, Wire, string | null][])(
    "%s: 401 invalid_client with a Basic challenge",
    async (_, change, authorization) => {
      const context = buildContext();
      const { body } = registerMachine(context);
      const response = await sendTokenRequest(context, { ...body, ...change }, { authorization });
      expect(response).toEqual({
        status: 401,
        headers: { ...noStore, "WWW-Authenticate": expect.stringMatching(/^Basic realm=/) },
        body: { error: "invalid_client", error_description: "Client authentication failed." },
      });
    },
  );

  test("two methods at once are an invalid_request", async () => {
    const context = buildContext();
    const { client, secret, body } = registerMachine(context);
    const response = await sendTokenRequest(context, body, { authorization: basic(client.clientId, secret) });
    expect(response).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });

  test.each([
    ["code", ["client_credentials"], { grant_type: "authorization_code", code: "x" }],
    ["refresh token", ["authorization_code"], { grant_type: "refresh_token", refresh_token: "x" }],
    ["client credentials", ["authorization_code", "refresh_token"], { grant_type: "client_credentials" }],
  ] as [string, string[], Wire][])(
    "the %s grant is for clients registered for it: unauthorized_client",
    async (_, grantTypes, parameters) => {
      const context = buildContext();
      const { client, secret } = registerClient(context, { grantTypes });
      const response = await sendTokenRequest(context, {
        client_id: client.clientId,
        client_secret: secret,
        ...parameters,
      });
      expect(response).toMatchObject({ status: 400, headers: noStore, body: { error: "unauthorized_client" } });
    },
  );

  test("a client that isn't authenticated learns nothing about grants and codes", async () => {
    const context = buildContext();
    const { client } = registerClient(context);
    const response = await sendTokenRequest(context, codeRequest(client, "wrong", "unknown"));
    expect(response.body.error).toBe("invalid_client");
  });

  test("the client gets one error for every bad grant, the log has the reason", async () => {
    const context = buildContext();
    const [one, other] = [registerClient(context), registerClient(context)];
    const code = await obtainCode(context, one.client);
    const errors: OAuthError[] = [];
    const send = (body: Wire) => answerTokenRequest(context, buildClientRequest(body), (error) => errors.push(error));
    const responses = [
      await send(codeRequest(one.client, one.secret, "unknown")),
      await send(codeRequest(other.client, other.secret, code)),
      await send({ ...codeRequest(one.client, one.secret, code), redirect_uri: "https://app.example/other" }),
      await send({ ...codeRequest(one.client, one.secret, code), code_verifier: "a".repeat(43) }),
    ];
    expect(new Set(responses.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(responses[0]).toMatchObject({ status: 400, headers: noStore, body: { error: "invalid_grant" } });
    expect(errors.map(({ cause }) => cause)).toEqual([
      "unknown code",
      "code of another client",
      "other redirect URI",
      "verifier without a challenge",
    ]);
  });

  test("descriptions keep to the characters of RFC 6749 §5.2 and never echo what was sent", async () => {
    const context = buildContext();
    const { body } = registerMachine(context);
    const marker = "marker-of-the-sender";
    const requests: Wire[] = [
      { ...body, scope: marker },
      { ...body, resource: marker },
      { ...body, grant_type: marker },
      { ...body, client_id: marker },
    ];
    for (const request of requests) {
      const response = await sendTokenRequest(context, request);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
      expect(JSON.stringify(response)).not.toContain(marker);
    }
  });

  test("a storage failure isn't reported as the client's fault: it is thrown", async () => {
    const context = buildContext();
    const { body } = registerMachine(context);
    context.stores.tokens.issue = async () => {
      throw new Error("storage is down");
    };
    await expect(sendTokenRequest(context, body)).rejects.toThrow("storage is down");
  });
});

describe("RFC 6749 §5.1: a successful response", () => {
  test("of the code grant: keys in the usual order, not cached", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const response = await sendTokenRequest(context, codeRequest(client, secret, await obtainCode(context, client)));
    expect(response).toMatchObject({ status: 200, headers: noStore });
    expect(Object.keys(response.body)).toEqual(["access_token", "expires_in", "token_type", "scope", "refresh_token"]);
    expect(response.body).toMatchObject({ expires_in: 36_000, token_type: "Bearer", scope: "read write" });
    expect(response.body.access_token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(response.body.refresh_token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test("of a client without the refresh grant: no refresh token", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context, { grantTypes: ["authorization_code"] });
    const response = await sendTokenRequest(context, codeRequest(client, secret, await obtainCode(context, client)));
    expect(Object.keys(response.body)).toEqual(["access_token", "expires_in", "token_type", "scope"]);
  });

  test("expires_in is the configured lifetime", async () => {
    const context = buildContext({ accessTokenLifetime: 300 });
    const { body } = registerMachine(context);
    expect((await sendTokenRequest(context, body)).body.expires_in).toBe(300);
  });
});
