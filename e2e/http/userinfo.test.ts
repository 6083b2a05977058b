import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { DpopClient } from "../support/dpop";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import { type Answer, type Sending, send } from "../support/http";
import { revokeToken } from "../support/introspection-client";
import { authorizationOf, credentialsOf, exchangeOf, obtainTokens, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

function getUserinfo(accessToken: string, sending: Sending = {}, method = "GET"): Promise<Answer> {
  const headers = { Authorization: `Bearer ${accessToken}`, ...sending.headers };
  return send(method, "/o/userinfo/", { ...sending, headers });
}

test("OpenID Connect Core §5.3: the user of a token, by GET and POST, at both servers", async ({
  portal,
  person,
  user,
}) => {
  const { accessToken } = await obtainTokens(person, await portal.createApplication());
  for (const base of [baseUrl, secondBaseUrl]) {
    for (const method of ["GET", "POST"]) {
      const answer = await getUserinfo(accessToken, { base }, method);
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.text)).toEqual({ sub: user.id });
      expect(answer.headers["cache-control"]).toBe("no-store");
    }
  }
});

test("case 108, RFC 6750 §2.3: not by a query; without a token 401 with a challenge", async ({ portal, person }) => {
  const { accessToken } = await obtainTokens(person, await portal.createApplication());
  for (const answer of [
    await send("GET", "/o/userinfo"),
    await send("GET", `/o/userinfo/?access_token=${accessToken}`),
  ]) {
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toContain(
      `resource_metadata="${baseUrl}/.well-known/oauth-protected-resource/o/userinfo"`,
    );
  }
});

test("an application's own token represents no user: 401, never a 500", async ({ portal }) => {
  const machine = await portal.createMachine();
  const { accessToken } = await requestToken({ grant_type: "client_credentials", ...credentialsOf(machine) });
  expectOAuthError(await getUserinfo(accessToken), 401, "invalid_token");
});

test("RFC 9700 §4.9: a token for another API is refused", async ({ portal, person }) => {
  const { identifier } = await portal.createApi();
  const application = await portal.createApplication();
  const { accessToken } = await obtainTokens(person, application, { resource: identifier });
  expectOAuthError(await getUserinfo(accessToken), 401, "invalid_token");
});

test("RFC 9449 §7: a bound token needs its proof", async ({ portal, person, user }) => {
  const application = await portal.createApplication({ dpopBoundAccessTokens: true });
  const client = await DpopClient.create();
  const code = await person.obtainCode(authorizationOf(application));
  const { accessToken } = await client.requestToken(exchangeOf(application, code));
  expectOAuthError(await getUserinfo(accessToken), 401, "invalid_token");
  const answer = await client.send("GET", "/o/userinfo", { accessToken });
  expect([answer.status, answer.text]).toEqual([200, JSON.stringify({ sub: user.id })]);
});

test("revoking and disabling take effect immediately, in every process", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const [revoked, disabled] = [await obtainTokens(person, application), await obtainTokens(person, application)];
  await revokeToken(application, { token: revoked.refreshToken });
  expect((await getUserinfo(revoked.accessToken, { base: secondBaseUrl })).status).toBe(401);
  expect((await getUserinfo(disabled.accessToken, { base: secondBaseUrl })).status).toBe(200);
  await portal.disableApplication(application);
  for (const base of [baseUrl, secondBaseUrl]) {
    expect((await getUserinfo(disabled.accessToken, { base })).status).toBe(401);
  }
});

test("case 109, RFC 9700 §2.6: scripts from an application's origin may read the answer, others may not", async ({
  portal,
  person,
}) => {
  const origin = `https://${randomUUID()}.example.test`;
  const application = await portal.createApplication({ allowedOrigins: [origin] });
  const { accessToken } = await obtainTokens(person, application);
  const allowed = await getUserinfo(accessToken, { headers: { Origin: origin } });
  expect(allowed.headers["access-control-allow-origin"]).toBe(origin);
  expect(allowed.headers["access-control-expose-headers"]).toContain("DPoP-Nonce");
  const refused = await getUserinfo("no token", { headers: { Origin: origin } });
  expect([refused.status, refused.headers["access-control-allow-origin"]]).toEqual([400, origin]);
  const form = { Origin: origin, "Content-Type": "application/x-www-form-urlencoded" };
  for (const [status, body] of [
    [400, "access_token=a&access_token=b"],
    [400, "access_token=%E0%A4%A"],
    [400, "access_token=a%20b"],
    [413, `access_token=${"a".repeat(200_000)}`],
  ] as const) {
    const answer = await send("POST", "/o/userinfo", { headers: form, body });
    expect([answer.status, answer.headers["access-control-allow-origin"]], body.slice(0, 40)).toEqual([status, origin]);
  }
  const unknownMethod = await send("PUT", "/o/userinfo", { headers: { Origin: origin } });
  expect([unknownMethod.status, unknownMethod.headers["access-control-allow-origin"]]).toEqual([405, origin]);
  const other = await getUserinfo(accessToken, { headers: { Origin: "https://other.example.test" } });
  expect(other.headers["access-control-allow-origin"]).toBeUndefined();
  const preflight = await send("OPTIONS", "/o/userinfo", { headers: { Origin: origin } });
  expect([preflight.status, preflight.headers["access-control-allow-origin"]]).toEqual([204, origin]);
});
