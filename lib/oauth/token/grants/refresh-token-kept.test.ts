import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import { createDpopKey } from "../../testing/dpop-proof";
import { createFapiClient } from "../../testing/fapi-client";
import type { Wire } from "../../testing/flow";
import { buildContext } from "../../testing/test-context";
import { digest } from "../../wire/digest";
import { answerTokenRequest } from "../token";

/** A client under the profile that has its first tokens. */
async function arrange() {
  const context = buildContext();
  const fapi = await createFapiClient(context);
  const request = async (parameters: Wire, values = {}) => {
    const answer = await answerTokenRequest(context, await fapi.send("/token", { parameters, request: values }));
    return { status: answer.status, body: answer.body as Record<string, string> };
  };
  const scope = "openid offline_access read write";
  const { body: tokens } = await request(fapi.exchangeOf(await fapi.obtainCode({ parameters: { scope } })));
  const refresh = (more: Wire = {}, values = {}) =>
    request({ grant_type: "refresh_token", refresh_token: tokens.refresh_token, ...more }, values);
  const find = (token: string | undefined) => context.stores.tokens.findAccessToken(digest(token ?? ""));
  return { context, ...fapi, tokens, refresh, find };
}

describe("FAPI 2.0 Security Profile §5.3.2.1 no. 9: a refresh token is not rotated", () => {
  test("it comes back with each refresh, and can be used again", async () => {
    const { context, tokens, refresh, find, client } = await arrange();
    for (let times = 0; times < 3; times += 1) {
      context.clock.advance(60);
      const { status, body } = await refresh();
      expect({ status, token: body.refresh_token }).toEqual({ status: 200, token: tokens.refresh_token });
      expect(body.token_type).toBe("DPoP");
      expect(await find(body.access_token)).toMatchObject({ applicationId: client.id, revokedAt: null });
      expect(decodeJwt(body.id_token ?? "")).toMatchObject({ aud: client.clientId, azp: client.clientId });
    }
    expect(await find(tokens.access_token)).toMatchObject({ revokedAt: null });
    expect(context.stores.auditEvents().filter(({ type }) => type === "refresh_token.replayed")).toEqual([]);
  });

  test("of 20 concurrent refreshes each gets its own access token", async () => {
    const { refresh } = await arrange();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh()));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(new Set(answers.map(({ body }) => body.access_token)).size).toBe(20);
  });

  test("narrower scopes apply only to the access token", async () => {
    const { refresh, tokens } = await arrange();
    const narrow = await refresh({ scope: "read" });
    expect(narrow.body).toMatchObject({ scope: "read" });
    expect(narrow.body).not.toHaveProperty("id_token");
    expect((await refresh()).body.scope).toBe(tokens.scope);
    expect((await refresh({ scope: "email" })).body.error).toBe("invalid_scope");
  });

  test("each use moves the end of its idle lifetime, up to that of the grant", async () => {
    const { context, refresh } = await arrange();
    const almostIdle = context.settings.refreshTokenIdleLifetime - 60;
    for (let times = 0; times < 3; times += 1) {
      context.clock.advance(almostIdle);
      expect((await refresh()).status).toBe(200);
    }
    context.clock.advance(context.settings.refreshTokenIdleLifetime);
    expect(await refresh()).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    const other = await arrange();
    for (let days = 0; days < 364; days += 14) {
      other.context.clock.advance(14 * 86_400);
      await other.refresh();
    }
    other.context.clock.advance(86_400);
    expect(await other.refresh()).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("with any key that the client proves, but not without one", async () => {
    const { context, refresh, find, prove } = await arrange();
    expect(await refresh({}, { dpop: null })).toMatchObject({ status: 400, body: { error: "invalid_dpop_proof" } });
    const key = await createDpopKey();
    const { body } = await refresh({}, { dpop: await prove("/token", key) });
    expect(await find(body.access_token)).toMatchObject({ dpopJkt: key.jkt });
    expect(context.stores.auditEvents().filter(({ type }) => type === "refresh_token.replayed")).toEqual([]);
  });

  test("attack: another client's ends the grant", async () => {
    const { context, tokens, refresh } = await arrange();
    const thief = await createFapiClient(context);
    const parameters = { grant_type: "refresh_token", refresh_token: tokens.refresh_token };
    const stolen = await answerTokenRequest(context, await thief.send("/token", { parameters }));
    expect(stolen).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(await refresh()).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("a family that is revoked at the same moment yields nothing", async () => {
    const { context, refresh } = await arrange();
    context.stores.tokens.renew = async () => false;
    expect(await refresh()).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("without the profile it is rotated from then on", async () => {
    const { context, client, refresh, tokens } = await arrange();
    context.stores.saveClient({ ...client, securityProfile: null, tokenEndpointAuthMethod: "private_key_jwt" });
    const { body } = await refresh();
    expect(body.refresh_token).not.toBe(tokens.refresh_token);
  });
});
