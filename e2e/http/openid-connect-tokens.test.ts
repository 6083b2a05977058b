import { expect } from "vitest";
import { answerDevice, createTv, forgetGuesses, pollOf, startDevice } from "../support/device-client";
import { expectOAuthError } from "../support/expectations";
import { postForm, send } from "../support/http";
import { bearer, RelyingParty, readUserinfo, verifyJwt } from "../support/openid";
import { exchangeOf, getResource, obtainTokens, refreshOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

test("OpenID Connect Core §3.1.2.1: without openid there is no ID token", async ({ portal, person }) => {
  const { body } = await obtainTokens(person, await portal.createApplication(), { scope: "read" });
  expect(body).not.toHaveProperty("id_token");
});

test("RFC 6750 §2: a token sent in two ways, or an impossible one: refused, never a 500", async ({ portal }) => {
  const { accessToken } = await (await RelyingParty.create(portal, "query")).signIn();
  for (const answer of [
    await postForm("/o/userinfo", { access_token: accessToken }, bearer(accessToken)),
    await postForm("/o/userinfo", { access_token: "line\nbreak 例" }),
  ]) {
    expectOAuthError(answer, 400, "invalid_request");
  }
});

test("a device that requests openid gets the ID token of the user who answered", async ({ portal, person, user }) => {
  await forgetGuesses(portal, user);
  const tv = await createTv(portal);
  const { deviceCode, userCode } = await startDevice(tv, { scope: "openid email" });
  await answerDevice(person, userCode);
  const { body, accessToken } = await requestToken(pollOf(tv, deviceCode));
  const claims = await verifyJwt(String(body.id_token), tv.clientId);
  expect(claims).toMatchObject({ sub: user.id, azp: tv.clientId, amr: ["pwd"], auth_time: expect.any(Number) });
  expect(await readUserinfo(accessToken)).toMatchObject({ sub: user.id, email: user.email });
});

test.for([
  ["openid", false],
  ["openid offline_access", true],
  ["read", true],
] as const)("Core §11: what was granted for %j outlives the session: %j", async ([scope, lives], { portal }) => {
  const rp = await RelyingParty.create(portal, "query");
  const code = (await rp.authorize({ scope, prompt: "consent" })).get("code") ?? "";
  const tokens = await requestToken(exchangeOf(rp.application, code));
  expect(tokens.status).toBe(200);
  await rp.browser.signOut();
  const used = scope === "read" ? await getResource(tokens.accessToken) : await userinfo(tokens.accessToken);
  expect(used.status).toBe(lives ? 200 : 401);
  const refreshed = await requestToken(refreshOf(rp.application, tokens.refreshToken));
  expect(refreshed.body.error).toBe(lives ? undefined : "invalid_grant");
});

const userinfo = (accessToken: string) => send("GET", "/o/userinfo", bearer(accessToken));
