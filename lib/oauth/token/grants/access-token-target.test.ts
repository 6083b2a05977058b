import { decodeJwt, decodeProtectedHeader } from "jose";
import { describe, expect, test } from "vitest";
import { checkBearer } from "../../access/bearer";
import { describeUser } from "../../access/userinfo";
import type { Client } from "../../ports/client";
import { buildScope } from "../../testing/builders";
import {
  buildResourceRequest,
  codeRequest,
  obtainCode,
  readTokens,
  refreshRequest,
  sendTokenRequest,
} from "../../testing/flow";
import { introspect, obtainOwnToken } from "../../testing/introspect";
import { buildContext, registerApi, registerClient, type TestContext } from "../../testing/test-context";
import { digest } from "../../wire/digest";
import { InvalidTokenError } from "../../wire/errors";

function arrange(values: Partial<Client> = {}) {
  const context = buildContext();
  for (const name of ["openid", "profile"]) {
    context.stores.saveScope(buildScope(name));
  }
  context.stores.saveUser({ ...context.user, disabled: false, claims: { name: "Alice" } });
  const server = registerClient(context);
  const api = registerApi(context, {
    scopes: ["read"],
    tokenFormat: "jwt",
    accessTokenLifetime: 300,
    resourceServerIds: [server.client.id],
  });
  const { client, secret } = registerClient(context, { defaultApi: api.identifier, ...values });
  const obtain = async (scope: string, more: Record<string, string> = {}) => {
    const code = await obtainCode(context, client, { scope, ...more });
    const answer = await sendTokenRequest(context, codeRequest(client, secret, code));
    return { ...readTokens(answer), body: answer.body };
  };
  return { context, server, api, client, secret, obtain, userinfo: `${context.issuer}/userinfo` };
}

async function readUserinfo(context: TestContext, accessToken: string) {
  const token = await checkBearer(context, buildResourceRequest(accessToken), {
    scopes: [],
    resource: `${context.issuer}/userinfo`,
  });
  return token && describeUser(context, token);
}

describe("RFC 9068 §3: a request without resource is for the client's default API", () => {
  test("the token has its audience, its format, its lifetime and its scopes, and so has one from a refresh", async () => {
    const { context, api, client, secret, obtain } = arrange();
    const first = await obtain("read write");
    const again = await sendTokenRequest(context, refreshRequest(client, secret, first.refreshToken));
    for (const body of [first.body, again.body]) {
      expect(body).toMatchObject({ scope: "read", expires_in: 300 });
      expect(decodeProtectedHeader(String(body.access_token)).typ).toBe("at+jwt");
      expect(decodeJwt(String(body.access_token))).toMatchObject({ aud: api.identifier, scope: "read" });
    }
  });

  test("a client's own token as well, which never opens userinfo", async () => {
    const { context, api, client, secret } = arrange({ grantTypes: ["client_credentials"] });
    const token = await obtainOwnToken(context, { client, secret }, { scope: "openid read" });
    expect(decodeJwt(token)).toMatchObject({ aud: api.identifier, scope: "read", sub: client.clientId });
  });

  test("with openid, userinfo accepts the same token; the API's server sees its own part of it", async () => {
    const { context, server, api, obtain, userinfo } = arrange();
    const { accessToken, body } = await obtain("openid profile read write");
    expect(body.scope).toBe("openid profile read");
    expect(decodeJwt(accessToken).aud).toEqual([api.identifier, userinfo]);
    expect(await readUserinfo(context, accessToken)).toMatchObject({ claims: { name: "Alice" } });
    expect((await introspect(context, server, accessToken)).body).toMatchObject({
      active: true,
      aud: [api.identifier],
      scope: "read",
    });
  });

  test("openid alone is enough for the audience", async () => {
    const { context, api, obtain, userinfo } = arrange();
    const { accessToken } = await obtain("openid");
    expect(decodeJwt(accessToken)).toMatchObject({ aud: [api.identifier, userinfo], scope: "openid" });
    expect(await readUserinfo(context, accessToken)).toMatchObject({ claims: { sub: context.user.id } });
  });

  test("RFC 9700 §4.9.1: a token requested for an explicit API isn't accepted at userinfo, nor at another API", async () => {
    const { context, api, obtain } = arrange();
    const { accessToken } = await obtain("openid read", { resource: api.identifier });
    expect(decodeJwt(accessToken).aud).toBe(api.identifier);
    await expect(readUserinfo(context, accessToken)).rejects.toThrow(InvalidTokenError);
    const byDefault = (await obtain("openid read")).accessToken;
    const elsewhere = checkBearer(context, buildResourceRequest(byDefault), {
      scopes: [],
      resource: "https://b.example",
    });
    await expect(elsewhere).rejects.toThrow(InvalidTokenError);
  });

  test("a request for another explicit API is for that one", async () => {
    const { context, obtain } = arrange();
    const other = registerApi(context, { scopes: ["write"] });
    const { accessToken } = await obtain("write", { resource: other.identifier });
    const found = await context.stores.tokens.findAccessToken(digest(accessToken));
    expect(found).toMatchObject({ audience: [other.identifier], scopes: ["write"] });
  });

  test.each([
    ["without a scope that means anything to it, a token is for nothing in particular", {}, "write"],
    ["without a default API, too", { defaultApi: null }, "read write"],
  ])("%s", async (_name, values, scope) => {
    const { context, obtain } = arrange(values);
    const { accessToken, body } = await obtain(scope);
    expect(body.scope).toBe(scope);
    expect(await context.stores.tokens.findAccessToken(digest(accessToken))).toMatchObject({ audience: [] });
  });
});
