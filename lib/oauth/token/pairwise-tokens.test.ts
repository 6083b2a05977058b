import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import { findSubject } from "../openid/subject";
import type { Client } from "../ports/client";
import { deviceCodeGrant } from "../ports/types";
import { learn } from "../testing/claims-flow";
import { answer, poll, registerTv, startDevice } from "../testing/device-flow";
import {
  codeRequest,
  obtainCode,
  obtainTokens,
  readTokens,
  refreshRequest,
  refusal,
  sendTokenRequest,
} from "../testing/flow";
import { introspect, obtainOwnToken } from "../testing/introspect";
import { buildContext, registerApi, registerClient } from "../testing/test-context";

const grantTypes = ["authorization_code", "refresh_token", "client_credentials"];

/** A pairwise client with tokens, the `sub` by which it knows their person, and another pairwise client. */
async function arrange() {
  const context = buildContext();
  const owner = registerClient(context, { grantTypes, subjectType: "pairwise" });
  const elsewhere = { subjectType: "pairwise", redirectUris: ["https://other.example/cb"] } as const;
  const server = registerClient(context, elsewhere);
  const subject = await findSubject(context, owner.client, context.user);
  const api = registerApi(context, { tokenFormat: "jwt", resourceServerIds: [server.client.id] });
  const tokens = await obtainTokens(context, owner.client, owner.secret, { resource: api.identifier });
  return { context, owner, server, subject, tokens };
}

test("RFC 7662 §2.2: introspection names the user as the client knows them, and not as others do", async () => {
  const { context, owner, subject, tokens } = await arrange();
  for (const token of [tokens.accessToken, tokens.refreshToken]) {
    const { body } = await introspect(context, owner, token);
    expect(body).toMatchObject({ active: true, sub: subject });
    expect(body).not.toHaveProperty("username");
    expect(JSON.stringify(body)).not.toContain(context.user.id);
  }
});

test("a resource server gets the same subject, not its own", async () => {
  const { context, server, subject, tokens } = await arrange();
  const { body } = await introspect(context, server, tokens.accessToken);
  expect(body).toMatchObject({ active: true, sub: subject });
  expect(body).not.toHaveProperty("username");
});

test("RFC 9068 §6: so does the JWT itself, the refreshed one as well", async () => {
  const { context, owner, subject, tokens } = await arrange();
  const request = refreshRequest(owner.client, owner.secret, tokens.refreshToken);
  const refreshed = readTokens(await sendTokenRequest(context, request));
  for (const token of [tokens.accessToken, refreshed.accessToken]) expect(decodeJwt(token).sub).toBe(subject);
});

test("a pairwise client's own token represents the client", async () => {
  const { context, owner } = await arrange();
  const { body } = await introspect(context, owner, await obtainOwnToken(context, owner));
  expect(body).toMatchObject({ active: true, sub: owner.client.clientId });
});

test("OpenID Connect Core §8.1: a device gets no subject of a sector that its client only names", async () => {
  const context = buildContext();
  context.stores.saveScope({ name: "openid", description: "Sign you in", isDefault: false, isRestricted: false });
  const victim = registerClient(context, { subjectType: "pairwise" }).client;
  const subject = await findSubject(context, victim, context.user);
  const named: Partial<Client>[] = [
    { redirectUris: [], sectorIdentifierUri: "https://app.example/sector.json" },
    { redirectUris: victim.redirectUris },
    { redirectUris: victim.redirectUris, grantTypes: ["authorization_code", deviceCodeGrant, "refresh_token"] },
  ];
  for (const values of named) {
    const { client } = registerTv(context, { subjectType: "pairwise", ...values });
    const { deviceCode, userCode } = await startDevice(context, client, { scope: "openid" });
    await answer(context, userCode);
    const response = await poll(context, client, deviceCode);
    const { idToken, userinfo } = await learn(context, response);
    expect(idToken.sub).toBe(userinfo.sub);
    expect([subject, context.user.id]).not.toContain(idToken.sub);
  }
});

test("a code that was sent to a removed redirect URI is not redeemed", async () => {
  const context = buildContext();
  const { client, secret } = registerClient(context, {
    redirectUris: ["https://evil.example/cb", "http://127.0.0.1/cb"],
  });
  const listening = { redirect_uri: "http://127.0.0.1:50001/cb" };
  const codes = [await obtainCode(context, client), await obtainCode(context, client, listening)];
  context.stores.saveClient({ ...client, redirectUris: ["https://app.example/callback", "http://127.0.0.1/cb"] });
  const [withdrawn, kept] = codes.map((code) => codeRequest(client, secret, code));
  expect(await refusal(context, withdrawn ?? {})).toBe("invalid_grant");
  expect((await sendTokenRequest(context, { ...kept, ...listening })).status).toBe(200);
});
