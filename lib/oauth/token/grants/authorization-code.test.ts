import { describe, expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import { epoch } from "../../testing/defaults";
import {
  buildPkce,
  codeRequest,
  obtainCode,
  obtainPkceCode,
  readTokens,
  refusal,
  sendTokenRequest,
} from "../../testing/flow";
import { buildContext, registerClient } from "../../testing/test-context";
import { digest } from "../../wire/digest";

describe("RFC 6749 §4.1.3: redeeming a code", () => {
  test("the tokens have what the user approved, in one family", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const code = await obtainCode(context, client, { scope: "email read" });
    context.clock.advance(30);
    const tokens = readTokens(await sendTokenRequest(context, codeRequest(client, secret, code)));
    const redeemedAt = addSeconds(epoch, 30);
    const access = await context.stores.tokens.findAccessToken(digest(tokens.accessToken));
    expect(access).toMatchObject({
      applicationId: client.id,
      userId: context.user.id,
      scopes: ["email", "read"],
      createdAt: redeemedAt,
      expiresAt: addSeconds(redeemedAt, 36_000),
    });
    expect(await context.stores.tokens.findRefreshToken(digest(tokens.refreshToken))).toMatchObject({
      familyId: access?.familyId,
      scopes: ["email", "read"],
      expiresAt: addSeconds(redeemedAt, 30 * 86_400),
      familyExpiresAt: addSeconds(redeemedAt, 365 * 86_400),
    });
  });

  test("a scope parameter is ignored here: what was approved is granted", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const code = await obtainCode(context, client, { scope: "read" });
    const response = await sendTokenRequest(context, {
      ...codeRequest(client, secret, code),
      scope: "read write email",
    });
    expect(readTokens(response).scope).toBe("read");
  });

  test("missing, unknown, empty and altered codes", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const code = await obtainCode(context, client);
    const body = codeRequest(client, secret, code);
    expect(await refusal(context, { ...body, code: undefined })).toBe("invalid_request");
    expect(await refusal(context, { ...body, code: "" })).toBe("invalid_request");
    for (const other of ["unknown", `${code} `, code.slice(1), code.toLowerCase(), digest(code), `${code}\0`]) {
      expect(await refusal(context, { ...body, code: other })).toBe("invalid_grant");
    }
    readTokens(await sendTokenRequest(context, body));
  });

  test("it lives for 60 s, to the millisecond", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const [early, late] = [await obtainCode(context, client), await obtainCode(context, client)];
    context.clock.advance(59.999);
    readTokens(await sendTokenRequest(context, codeRequest(client, secret, early)));
    context.clock.advance(0.001);
    expect(await refusal(context, codeRequest(client, secret, late))).toBe("invalid_grant");
  });

  test("another client can't redeem it, nor use it up", async () => {
    const context = buildContext();
    const [one, other] = [registerClient(context), registerClient(context)];
    const { code, body } = await obtainPkceCode(context, one.client, one.secret);
    expect(await refusal(context, codeRequest(other.client, other.secret, code))).toBe("invalid_grant");
    readTokens(await sendTokenRequest(context, body));
  });

  test("a disabled user's code and a disabled client's request are refused immediately", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const body = codeRequest(client, secret, await obtainCode(context, client));
    context.stores.saveUser({ ...context.user, disabled: true });
    expect(await refusal(context, body)).toBe("invalid_grant");
    context.stores.saveUser({ ...context.user, disabled: false });
    context.stores.saveClient({ ...client, disabled: true });
    expect(await sendTokenRequest(context, body)).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    context.stores.saveClient(client);
    readTokens(await sendTokenRequest(context, body));
  });

  test("RFC 8707 §2: a resource is an invalid_target, and the code remains valid", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const body = codeRequest(client, secret, await obtainCode(context, client));
    expect(await refusal(context, { ...body, resource: "https://api.example" })).toBe("invalid_target");
    readTokens(await sendTokenRequest(context, body));
  });
});

describe("RFC 6749 §4.1.3: the redirect URI has to be repeated", () => {
  test.each([
    "https://evil.example/cb",
    "https://app.example/callback/",
    "https://app.example/callback?x=1",
    "HTTPS://app.example/callback",
  ])("%s is another one: invalid_grant, and the code stays good", async (redirect_uri) => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const body = codeRequest(client, secret, await obtainCode(context, client));
    expect(await refusal(context, { ...body, redirect_uri })).toBe("invalid_grant");
    readTokens(await sendTokenRequest(context, body));
  });

  test("another registered one doesn't match, and neither does another loopback port", async () => {
    const context = buildContext();
    const redirectUris = ["http://127.0.0.1/cb", "https://app.example/callback"];
    const { client, secret } = registerClient(context, { redirectUris });
    const code = await obtainCode(context, client, { redirect_uri: "http://127.0.0.1:50001/cb" });
    const body = codeRequest(client, secret, code);
    for (const redirect_uri of ["https://app.example/callback", "http://127.0.0.1/cb", "http://127.0.0.1:50002/cb"]) {
      expect(await refusal(context, { ...body, redirect_uri })).toBe("invalid_grant");
    }
    readTokens(await sendTokenRequest(context, { ...body, redirect_uri: "http://127.0.0.1:50001/cb" }));
  });

  test("omitted although it was sent: invalid_request; OAuth 2.1 §10.2: allowed with PKCE", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const body = codeRequest(client, secret, await obtainCode(context, client));
    expect(await refusal(context, { ...body, redirect_uri: undefined })).toBe("invalid_request");
    const pkce = await obtainPkceCode(context, client, secret);
    readTokens(await sendTokenRequest(context, { ...pkce.body, redirect_uri: undefined }));
  });

  test("omitted from both requests, or sent only in the second", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    for (const redirect_uri of [undefined, "https://app.example/callback"]) {
      const code = await obtainCode(context, client, { redirect_uri: undefined });
      readTokens(await sendTokenRequest(context, { ...codeRequest(client, secret, code), redirect_uri }));
    }
  });
});

describe("RFC 7636 §4.5, §4.6: the code verifier", () => {
  test("a public client redeems with its client_id and the verifier", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { clientType: "public" });
    const { body } = await obtainPkceCode(context, client, "");
    expect(body).toMatchObject({ client_id: client.clientId, client_secret: undefined });
    readTokens(await sendTokenRequest(context, body));
  });

  test("a confidential client authenticates as well, whatever the verifier", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const { body } = await obtainPkceCode(context, client, secret);
    const response = await sendTokenRequest(context, { ...body, client_secret: undefined });
    expect(response).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    readTokens(await sendTokenRequest(context, body));
  });

  test("a public client with a secret is refused", async () => {
    const context = buildContext();
    const { client } = registerClient(context, { clientType: "public" });
    const { body } = await obtainPkceCode(context, client, "");
    const response = await sendTokenRequest(context, { ...body, client_secret: "wrong" });
    expect(response).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  test.each([
    ["missing", undefined],
    ["empty", ""],
    ["wrong", "a".repeat(43)],
    ["malformed", "short"],
  ])("a verifier that is %s burns the code", async (_, code_verifier) => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const { code, body } = await obtainPkceCode(context, client, secret);
    expect(await refusal(context, { ...body, code_verifier })).toBe("invalid_grant");
    expect(await context.stores.codes.find(digest(code))).toMatchObject({ consumedAt: epoch });
    expect(await refusal(context, body)).toBe("invalid_grant");
    expect(context.stores.auditEvents().filter(({ type }) => type.endsWith("replayed"))).toEqual([]);
  });

  test("the challenge itself is not a verifier (RFC 9700 §2.1.1, plain)", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const { verifier, body } = await obtainPkceCode(context, client, secret);
    expect(await refusal(context, { ...body, code_verifier: digest(verifier) })).toBe("invalid_grant");
  });

  test("RFC 9700 §4.8.2: a verifier for a code without a challenge is a downgrade; the code remains valid", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const body = codeRequest(client, secret, await obtainCode(context, client));
    expect(await refusal(context, { ...body, code_verifier: buildPkce().verifier })).toBe("invalid_grant");
    readTokens(await sendTokenRequest(context, body));
  });
});
