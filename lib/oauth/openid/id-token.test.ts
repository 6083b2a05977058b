import { createHash } from "node:crypto";
import { createLocalJWKSet, decodeJwt, type JWTPayload, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { checkBearer } from "../access/bearer";
import { describeUser } from "../access/userinfo";
import type { Client } from "../ports/client";
import { addSeconds } from "../ports/context";
import { buildScope } from "../testing/builders";
import { epoch } from "../testing/defaults";
import {
  buildResourceRequest,
  codeRequest,
  obtainCode,
  refreshRequest,
  sendTokenRequest,
  signIn,
  type Wire,
} from "../testing/flow";
import { buildContext, registerClient, type TestContext } from "../testing/test-context";
import { signingAlgorithms } from "../wire/algorithms";
import { toSid } from "./session-id";

const seconds = Math.floor(epoch.getTime() / 1000);

function arrange(values: Partial<Client> = {}) {
  const context = buildContext();
  for (const name of ["openid", "offline_access", "profile", "email"]) {
    context.stores.saveScope(buildScope(name));
  }
  context.stores.saveUser({ ...context.user, disabled: false, claims: { email: "a@example.test", name: "Alice" } });
  const { client, secret } = registerClient(context, values);
  const browser = signIn(context);
  const obtain = async (parameters: Wire = {}) => {
    const code = await obtainCode(context, client, { scope: "openid", ...parameters }, browser);
    const { body } = await sendTokenRequest(context, codeRequest(client, secret, code));
    return body;
  };
  const refresh = async (token: unknown, more: Wire = {}) =>
    sendTokenRequest(context, { ...refreshRequest(client, secret, String(token)), ...more });
  return { context, client, browser, obtain, refresh };
}

async function verify(context: TestContext, jwt: unknown) {
  const keys = createLocalJWKSet({ keys: await context.keys.publicKeys() });
  return jwtVerify(String(jwt), keys, { currentDate: context.now() });
}

describe("OpenID Connect Core §2: the first ID token", () => {
  test("its claims, with every algorithm of the server", async () => {
    for (const algorithm of signingAlgorithms) {
      const { context, client, browser, obtain } = arrange({
        idTokenSignedResponseAlg: algorithm,
        backchannelLogoutUri: "https://app.example/logout",
      });
      const body = await obtain({ nonce: "n-0S6_WzA2Mj" });
      const { payload, protectedHeader } = await verify(context, body.id_token);
      const hash = createHash(algorithm === "EdDSA" ? "sha512" : "sha256")
        .update(String(body.access_token))
        .digest();
      expect(protectedHeader).toEqual({ typ: "JWT", alg: algorithm, kid: expect.any(String) });
      expect(payload).toEqual({
        iss: context.issuer,
        sub: context.user.id,
        aud: client.clientId,
        azp: client.clientId,
        iat: seconds,
        exp: seconds + context.settings.idTokenLifetime,
        auth_time: seconds,
        nonce: "n-0S6_WzA2Mj",
        acr: "1",
        amr: ["pwd"],
        at_hash: hash.subarray(0, hash.length / 2).toString("base64url"),
        sid: toSid(browser.session.id, client.id),
      } satisfies JWTPayload);
    }
  });

  test("no sid for a client that has no logout URI", async () => {
    const { obtain, refresh } = arrange();
    const body = await obtain({ scope: "openid offline_access" });
    expect(decodeJwt(String(body.id_token))).not.toHaveProperty("sid");
    const refreshed = await refresh(body.refresh_token);
    expect(decodeJwt(String(refreshed.body.id_token))).not.toHaveProperty("sid");
  });

  test("§5.5: claims are in it if requested there, and can't replace its own", async () => {
    const { obtain } = arrange();
    const claims = JSON.stringify({
      id_token: { email: null, iss: { value: "https://evil.example" } },
      userinfo: { name: null },
    });
    const payload = decodeJwt(String((await obtain({ claims })).id_token));
    expect(payload).toMatchObject({ email: "a@example.test", iss: "https://id.example/o" });
    expect(payload).not.toHaveProperty("name");
  });

  test("none without the scope openid", async () => {
    expect(await arrange().obtain({ scope: "read" })).not.toHaveProperty("id_token");
  });
});

describe("OpenID Connect Core §5.4: claims of the scopes", () => {
  const scope = "openid profile email";

  test("are only at userinfo, unless the application is configured for clients that read only the ID token", async () => {
    const { obtain } = arrange();
    const claims = decodeJwt(String((await obtain({ scope })).id_token));
    expect(claims).not.toHaveProperty("email");
    expect(claims).not.toHaveProperty("name");
  });

  test("are in the ID token if it is, of the granted scopes only, at refresh as well", async () => {
    const { obtain, refresh } = arrange({ claimsInIdToken: true });
    const body = await obtain({ scope });
    expect(decodeJwt(String(body.id_token))).toMatchObject({ email: "a@example.test", name: "Alice" });
    const narrowed = await refresh(body.refresh_token, { scope: "openid email" });
    const again = decodeJwt(String(narrowed.body.id_token));
    expect(again).toMatchObject({ email: "a@example.test" });
    expect(again).not.toHaveProperty("name");
    const plain = decodeJwt(String((await obtain()).id_token));
    expect(plain).not.toHaveProperty("email");
  });

  test("equal userinfo, and never replace the token's own claims", async () => {
    const { context, obtain, browser } = arrange({ claimsInIdToken: true });
    const body = await obtain({ scope, claims: JSON.stringify({ id_token: { email: null } }) });
    const token = await checkBearer(context, buildResourceRequest(String(body.access_token)), { scopes: [] });
    const described = token && (await describeUser(context, token));
    expect(decodeJwt(String(body.id_token))).toMatchObject(described?.kind === "json" ? described.claims : {});
    expect(decodeJwt(String(body.id_token)).sub).toBe(browser.session.userId);
    expect(described).toMatchObject({ claims: { email: "a@example.test", name: "Alice" } });
  });
});

describe("OpenID Connect Core §12.2: at refresh", () => {
  test("the same sign-in without the nonce, later; repeated unchanged within the grace period", async () => {
    const { context, obtain, refresh } = arrange();
    const first = await obtain({ scope: "openid offline_access", nonce: "once" });
    context.clock.set(addSeconds(epoch, 60));
    const { body } = await refresh(first.refresh_token);
    const { nonce, at_hash, ...kept } = decodeJwt(String(first.id_token));
    const { at_hash: renewed, ...again } = decodeJwt(String(body.id_token));
    expect(nonce).toBe("once");
    expect(again).toEqual({ ...kept, iat: seconds + 60, exp: seconds + 60 + context.settings.idTokenLifetime });
    expect(renewed).not.toBe(at_hash);
    expect((await refresh(first.refresh_token)).body.id_token).toBe(body.id_token);
  });

  test("none if the request omits openid", async () => {
    const { obtain, refresh } = arrange();
    const { refresh_token } = await obtain({ scope: "openid offline_access" });
    const { status, body } = await refresh(refresh_token, { scope: "offline_access" });
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("id_token");
  });
});
