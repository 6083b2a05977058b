import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { buildContext } from "../testing/test-context";
import { signingAlgorithms } from "../wire/algorithms";
import { backchannelLogoutEvent, signLogoutToken } from "./logout-token";

const context = buildContext();
const notice = { clientId: "a client", algorithm: "RS256" as const, subject: "a person", sid: "a session" };

test("OpenID Connect Back-Channel Logout §2.4: every required claim, no forbidden one", async () => {
  const token = await signLogoutToken(context, notice);
  const keys = createLocalJWKSet({ keys: await context.keys.publicKeys() });
  const { payload } = await jwtVerify(token, keys, {
    issuer: context.issuer,
    audience: "a client",
    typ: "logout+jwt",
    currentDate: context.now(),
  });
  expect(payload).toMatchObject({ sub: "a person", sid: "a session", events: { [backchannelLogoutEvent]: {} } });
  expect(payload).not.toHaveProperty("nonce");
  expect(Number(payload.exp) - Number(payload.iat)).toBeLessThanOrEqual(120);
  expect(payload.jti).toMatch(/^[\w-]{36}$/);
});

test.each(signingAlgorithms)("§2.4: signed by %s where the ID tokens are", async (algorithm) => {
  const header = decodeProtectedHeader(await signLogoutToken(context, { ...notice, algorithm }));
  expect(header).toMatchObject({ alg: algorithm, typ: "logout+jwt" });
  expect(header.kid).toBeDefined();
});

test("each attempt has a jti of its own", async () => {
  expect(await signLogoutToken(context, notice)).not.toBe(await signLogoutToken(context, notice));
});
