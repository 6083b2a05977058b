import { createLocalJWKSet, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import { buildScope } from "../../testing/builders";
import { epoch } from "../../testing/defaults";
import { codeRequest, obtainCode, readTokens, refreshRequest, sendTokenRequest, type Wire } from "../../testing/flow";
import { buildContext, registerApi, registerClient, type TestContext } from "../../testing/test-context";
import { digest } from "../../wire/digest";

function arrangeMachine() {
  const context = buildContext();
  const { client, secret } = registerClient(context, { grantTypes: ["client_credentials"] });
  const credentials = { client_id: client.clientId, client_secret: secret };
  const request = (more: Wire) =>
    sendTokenRequest(context, { grant_type: "client_credentials", ...credentials, ...more });
  return { context, client, request };
}

async function find(context: TestContext, accessToken: string) {
  return context.stores.tokens.findAccessToken(digest(accessToken));
}

describe("RFC 8707: tokens are restricted to the requested APIs", () => {
  test("one or several; the scopes are those of the APIs, the lifetime is the shortest", async () => {
    const { context, request } = arrangeMachine();
    const short = registerApi(context, { scopes: ["read"], accessTokenLifetime: 300 });
    const long = registerApi(context, { scopes: ["write"], accessTokenLifetime: 900 });
    const single = await request({ resource: long.identifier });
    expect(single.body).toMatchObject({ scope: "write", expires_in: 900 });
    const both = await request({ resource: [long.identifier, short.identifier] });
    expect(both.body).toMatchObject({ scope: "read write", expires_in: 300 });
    expect(await find(context, readTokens(both).accessToken)).toMatchObject({
      audience: [long.identifier, short.identifier],
      expiresAt: addSeconds(epoch, 300),
    });
  });

  test("without a resource the token is for no particular API", async () => {
    const { context, request } = arrangeMachine();
    expect(await find(context, readTokens(await request({})).accessToken)).toMatchObject({ audience: [] });
  });

  test("the token request chooses among the granted ones; each keeps its own access token; refresh never widens", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const [one, other, foreign] = [registerApi(context), registerApi(context), registerApi(context)];
    const resource = [one.identifier, other.identifier];
    const code = await obtainCode(context, client, { resource });
    const first = readTokens(
      await sendTokenRequest(context, { ...codeRequest(client, secret, code), resource: one.identifier }),
    );
    expect(await find(context, first.accessToken)).toMatchObject({ audience: [one.identifier] });
    const refused = { ...refreshRequest(client, secret, first.refreshToken), resource: foreign.identifier };
    expect(await sendTokenRequest(context, refused)).toMatchObject({ status: 400, body: { error: "invalid_target" } });
    const second = readTokens(
      await sendTokenRequest(context, {
        ...refreshRequest(client, secret, first.refreshToken),
        resource: other.identifier,
      }),
    );
    expect(await find(context, second.accessToken)).toMatchObject({ audience: [other.identifier] });
    expect(await find(context, first.accessToken)).not.toBeNull();
    const third = readTokens(await sendTokenRequest(context, refreshRequest(client, secret, second.refreshToken)));
    expect(await find(context, third.accessToken)).toMatchObject({ audience: resource });
  });

  test("a resource without consent: invalid_target, and the code remains valid", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const [granted, other] = [registerApi(context), registerApi(context)];
    for (const asked of [{ resource: granted.identifier }, {}]) {
      const code = await obtainCode(context, client, asked);
      const request = codeRequest(client, secret, code);
      expect(await sendTokenRequest(context, { ...request, resource: other.identifier })).toMatchObject({
        status: 400,
        body: { error: "invalid_target" },
      });
      readTokens(await sendTokenRequest(context, request));
    }
  });
});

describe("RFC 9068: JWT access tokens", () => {
  test("§2: the claims, the type and a signature of the server", async () => {
    const { context, client, request } = arrangeMachine();
    const api = registerApi(context, { tokenFormat: "jwt", accessTokenLifetime: 600 });
    const { accessToken } = readTokens(await request({ resource: api.identifier, scope: "read" }));
    const keys = createLocalJWKSet({ keys: await context.keys.publicKeys() });
    const { payload, protectedHeader } = await jwtVerify(accessToken, keys, { currentDate: epoch });
    const found = await find(context, accessToken);
    expect(protectedHeader).toEqual({ typ: "at+jwt", alg: "RS256", kid: expect.any(String) });
    const issuedAt = Math.floor(epoch.getTime() / 1000);
    expect(payload).toEqual({
      iss: context.issuer,
      sub: client.clientId,
      aud: api.identifier,
      client_id: client.clientId,
      scope: "read",
      iat: issuedAt,
      exp: issuedAt + 600,
      jti: found?.jti,
    });
  });

  test("§2.2: `sub` is the user if there is one", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    const api = registerApi(context, { tokenFormat: "jwt" });
    const code = await obtainCode(context, client, { resource: api.identifier });
    const { accessToken } = readTokens(await sendTokenRequest(context, codeRequest(client, secret, code)));
    const keys = createLocalJWKSet({ keys: await context.keys.publicKeys() });
    const { payload } = await jwtVerify(accessToken, keys, { currentDate: epoch });
    expect(payload).toMatchObject({ sub: context.user.id, client_id: client.clientId });
  });

  test("with OpenID there is an ID token in the answer, and nothing of it in the access token's scope", async () => {
    const context = buildContext();
    const { client, secret } = registerClient(context);
    for (const name of ["openid", "email"]) {
      context.stores.saveScope(buildScope(name));
    }
    const { identifier } = registerApi(context);
    const code = await obtainCode(context, client, { scope: "openid email read", resource: identifier });
    const first = await sendTokenRequest(context, codeRequest(client, secret, code));
    const { refreshToken } = readTokens(first);
    const second = await sendTokenRequest(context, refreshRequest(client, secret, refreshToken));
    for (const { body } of [first, second]) expect(body).toMatchObject({ scope: "read", id_token: expect.any(String) });
  });

  test("opaque if one of the APIs wants that, and if none is named", async () => {
    const { context, request } = arrangeMachine();
    const [jwt, opaque] = [registerApi(context, { tokenFormat: "jwt" }), registerApi(context)];
    for (const resource of [undefined, opaque.identifier, [jwt.identifier, opaque.identifier]]) {
      expect(readTokens(await request({ resource })).accessToken).toMatch(/^[\w-]{43}$/);
    }
  });
});
