import { expect } from "vitest";
import { authorizePath, BrowserClient } from "../support/browser-client";
import { baseUrl, secondBaseUrl } from "../support/environment";
import { expectOAuthError } from "../support/expectations";
import {
  authorizationOf,
  createPkcePair,
  exchangeOf,
  getResource,
  obtainTokens,
  refreshOf,
  requestToken,
  type TokenAnswer,
} from "../support/token-client";
import { untilAdmitted } from "../support/until-admitted";
import { test } from "../support/vitest";

/** Attacks 26 to 28 and the fault experiments F1 to F3, on two server processes with one PostgreSQL. */

const parallel = 200;

/** Sends the same token request many times at once, alternating between the servers. */
function flood(fields: Record<string, string>, count = parallel): Promise<TokenAnswer[]> {
  const bases = [baseUrl, secondBaseUrl];
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      return untilAdmitted(() => requestToken(fields, { base: bases[index % 2] ?? baseUrl }));
    }),
  );
}

function split(answers: TokenAnswer[]): { granted: TokenAnswer[]; refused: TokenAnswer[] } {
  const granted = answers.filter(({ status }) => status === 200);
  return { granted, refused: answers.filter((answer) => !granted.includes(answer)) };
}

test("case 67, attack 26: of 200 redemptions of one code one gets 200, and then its tokens are revoked", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const code = await person.obtainCode(authorizationOf(application));
  const { granted, refused } = split(await flood(exchangeOf(application, code)));
  expect(granted).toHaveLength(1);
  expect(refused).toHaveLength(parallel - 1);
  for (const answer of refused) expectOAuthError(answer, 400, "invalid_grant");

  const [winner] = granted;
  for (const base of [baseUrl, secondBaseUrl]) {
    expect((await getResource(winner?.accessToken ?? "", { base })).status).toBe(401);
  }
  expectOAuthError(await requestToken(refreshOf(application, winner?.refreshToken ?? "")), 400, "invalid_grant");
  const { database } = portal;
  const where = { applicationId: application.id };
  expect(await database.tokenFamily.findMany({ where, select: { revokedReason: true } })).toEqual([
    { revokedReason: "code_replayed" },
  ]);
  expect(await database.accessToken.count({ where })).toBe(1);
  expect(await database.auditEvent.count({ where: { ...where, type: "authorization_code.replayed" } })).toBe(1);
});

test("the same applies to a public client's code with PKCE", async ({ portal, person }) => {
  const application = await portal.createPublicApplication();
  const { verifier, challenge } = createPkcePair();
  const request = authorizationOf(application, { code_challenge: challenge, code_challenge_method: "S256" });
  const code = await person.obtainCode(request);
  const { granted } = split(await flood(exchangeOf(application, code, { code_verifier: verifier }), 50));
  expect(granted).toHaveLength(1);
  expect((await getResource(granted[0]?.accessToken ?? "")).status).toBe(401);
});

test("attack 27: 200 concurrent refreshes with one token get the same successor, and nothing is revoked", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application);
  const { granted, refused } = split(await flood(refreshOf(application, first.refreshToken)));
  expect(refused).toEqual([]);
  const pairs = new Set(granted.map(({ accessToken, refreshToken }) => `${accessToken} ${refreshToken}`));
  expect(pairs.size).toBe(1);
  const [successor] = granted;
  expect((await getResource(first.accessToken)).status).toBe(401);
  expect((await getResource(successor?.accessToken ?? "")).status).toBe(200);
  const leaves = { family: { applicationId: application.id }, rotatedAt: null };
  expect(await portal.database.refreshToken.count({ where: leaves })).toBe(1);
  expect((await requestToken(refreshOf(application, successor?.refreshToken ?? ""))).status).toBe(200);
});

test("attack 27: after the grace period, 200 refreshes with a used token get nothing, and the family is revoked", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  const first = await obtainTokens(person, application);
  const next = await requestToken(refreshOf(application, first.refreshToken));
  await portal.endGracePeriods(application);
  const { granted, refused } = split(await flood(refreshOf(application, first.refreshToken)));
  expect(granted).toEqual([]);
  for (const answer of refused) expectOAuthError(answer, 400, "invalid_grant");
  for (const { accessToken, refreshToken } of [first, next]) {
    expect((await getResource(accessToken)).status).toBe(401);
    expectOAuthError(await requestToken(refreshOf(application, refreshToken)), 400, "invalid_grant");
  }
  const { database } = portal;
  const where = { applicationId: application.id };
  expect(await database.tokenFamily.findMany({ where, select: { revokedReason: true } })).toEqual([
    { revokedReason: "refresh_token_replayed" },
  ]);
  const leaves = await database.refreshToken.count({ where: { family: where, rotatedAt: null } });
  expect(leaves).toBeLessThanOrEqual(1);
  expect(await database.auditEvent.count({ where: { ...where, type: "refresh_token.replayed" } })).toBe(1);
});

test("attack 28: once a revocation is answered, nothing of the family works, whatever was refreshed or redeemed meanwhile", async ({
  portal,
  person,
}) => {
  const application = await portal.createApplication();
  for (let round = 0; round < 8; round++) {
    const first = await obtainTokens(person, application);
    const second = await obtainTokens(person, application);
    const code = await person.obtainCode(authorizationOf(application));
    const action = `/o/authorized_tokens/${application.id}/delete/submit`;
    const form = await person.openForm(`/o/authorized_tokens/${application.id}/delete/`, action);
    const [revoked, ...answers] = await Promise.all([
      person.submit(form, {}),
      ...[first, second].map(({ refreshToken }, index) =>
        requestToken(refreshOf(application, refreshToken), { base: index === 0 ? baseUrl : secondBaseUrl }),
      ),
      requestToken(exchangeOf(application, code), { base: secondBaseUrl }),
    ]);
    expect(revoked.status).toBe(303);
    for (const { status, body } of answers) expect([200, "invalid_grant"]).toContain(status === 200 ? 200 : body.error);
    for (const { accessToken, refreshToken } of [first, second, ...answers]) {
      if (accessToken === "") continue;
      expect((await getResource(accessToken)).status).toBe(401);
      expectOAuthError(await requestToken(refreshOf(application, refreshToken)), 400, "invalid_grant");
    }
  }
});

test("an authorization that races its revocation leaves no working code", async ({ portal, person }) => {
  const application = await portal.createApplication();
  const where = { applicationId: application.id, consumedAt: null };
  for (let round = 0; round < 8; round++) {
    // Once, so that the consent is remembered and the next request gets its code immediately.
    await person.obtainCode(authorizationOf(application));
    const action = `/o/authorized_tokens/${application.id}/delete/submit`;
    const form = await person.openForm(`/o/authorized_tokens/${application.id}/delete/`, action);
    const [revoked] = await Promise.all([
      person.submit(form, {}),
      ...Array.from({ length: 4 }, () => person.get(authorizePath(authorizationOf(application)))),
    ]);
    expect(revoked.status).toBe(303);
    expect(await portal.database.authorizationCode.count({ where })).toBe(0);
  }
});

test("many users at the same time, each with their own code, each get their own tokens", async ({
  portal,
  person,
  user,
}) => {
  const application = await portal.createApplication();
  await person.obtainCode(authorizationOf(application));
  const codes = await Promise.all(Array.from({ length: 30 }, () => person.obtainCode(authorizationOf(application))));
  expect(new Set(codes).size).toBe(30);
  const answers = await Promise.all(codes.map((code) => requestToken(exchangeOf(application, code))));
  const owners = await Promise.all(answers.map(({ accessToken }) => getResource(accessToken)));
  for (const { text } of owners) expect(JSON.parse(text)).toMatchObject({ user: { id: user.id } });
});

test("signing in at both servers at the same time creates sessions that both know", async ({ user }) => {
  const browsers = [baseUrl, secondBaseUrl].map((base) => new BrowserClient({ base }));
  await Promise.all(browsers.map((browser) => browser.signIn(user)));
  for (const browser of browsers) expect((await browser.get("/o/applications/")).status).toBe(200);
});
