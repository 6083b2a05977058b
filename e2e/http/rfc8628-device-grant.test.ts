import * as openidClient from "openid-client";
import { expect } from "vitest";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import {
  answerDevice,
  createTv,
  enterCode,
  forgetGuesses,
  pollOf,
  requestDevice,
  startDevice,
} from "../support/device-client";
import { baseUrl, issuer, secondBaseUrl } from "../support/environment";
import { expectNotCached, expectOAuthError } from "../support/expectations";
import { readText } from "../support/html";
import { postForm, send } from "../support/http";
import { noteSecret } from "../support/secrets-seen";
import { basicAuthorization, getResource, parseJson, refreshOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";
import { waitFor } from "../support/wait-for";

/** RFC 8628 §3.1, §3.4, §3.5: the device's side; with the fault experiment F5 and a third-party client. */

/** The user and the network are the same in all tests. */
test.beforeEach(({ portal, user }) => forgetGuesses(portal, user));

test("case 78, §3.2: codes and addresses, by both forms of the path, never cached", async ({ portal }) => {
  const application = await createTv(portal);
  for (const path of ["/o/device-authorization", "/o/device-authorization/"]) {
    const answer = await postForm(path, { client_id: application.clientId });
    expect(answer.status).toBe(200);
    expectNotCached(answer);
    const body = parseJson(answer.text);
    noteSecret(String(body.device_code));
    expect(body).toEqual({
      verification_uri: `${issuer}/device`,
      expires_in: 1800,
      user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
      device_code: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      interval: 5,
      verification_uri_complete: `${issuer}/device?user_code=${body.user_code}`,
    });
  }
});

test("attack 12: the addresses come from the configuration, whatever host the request names", async ({ portal }) => {
  const application = await createTv(portal);
  const headers = {
    Host: "evil.example.test",
    "X-Forwarded-Host": "evil.example.test",
    Forwarded: "host=evil.example.test",
  };
  const answer = await requestDevice({ client_id: application.clientId }, { headers });
  expect(answer.text).not.toContain("evil");
});

test("§3.1: errors as at the token endpoint", async ({ portal }) => {
  const application = await createTv(portal);
  const { clientId } = application;
  const web = await portal.createApplication();
  const credentials = { client_id: web.clientId, client_secret: web.clientSecret };
  expectOAuthError(await requestDevice(credentials), 400, "unauthorized_client");
  expectOAuthError(await requestDevice({ ...credentials, client_secret: "wrong" }), 401, "invalid_client");
  expectOAuthError(await requestDevice({}), 401, "invalid_client");
  expectOAuthError(await requestDevice({ client_id: clientId, scope: "nothing" }), 400, "invalid_scope");
  const resource = "https://unknown.example.test/";
  expectOAuthError(await requestDevice({ client_id: clientId, resource }), 400, "invalid_target");
  const headers = { "Content-Type": "application/json" };
  expectOAuthError(await requestDevice({ client_id: clientId }, { headers }), 415, "invalid_request");
  expectOAuthError(
    await postForm("/o/device-authorization?scope=read", { client_id: clientId }),
    400,
    "invalid_request",
  );
  expectOAuthError(await send("GET", "/o/device-authorization"), 405, "invalid_request");
});

test("a confidential device authenticates at both endpoints", async ({ portal, person }) => {
  const application = await createTv(portal, { clientType: "confidential" });
  const authorization = basicAuthorization(application.clientId, application.clientSecret);
  const answer = await requestDevice({}, { headers: { Authorization: authorization } });
  const { device_code: deviceCode, user_code: userCode } = parseJson(answer.text);
  noteSecret(String(deviceCode));
  await answerDevice(person, String(userCode));
  const fields = { grant_type: deviceCodeGrant, device_code: String(deviceCode) };
  expectOAuthError(await requestToken({ ...fields, client_id: application.clientId }), 401, "invalid_client");
  expect((await requestToken(fields, { headers: { Authorization: authorization } })).status).toBe(200);
});

test("cases 79, 80, 82: pending, then tokens, then nothing more", async ({ portal, person, user }) => {
  const application = await createTv(portal);
  const { deviceCode, userCode } = await startDevice(application, { scope: "read" });
  expectOAuthError(await requestToken(pollOf(application, deviceCode)), 400, "authorization_pending");
  const answered = await answerDevice(person, userCode.toLowerCase().replace("-", " "));
  expect([answered.status, answered.headers.location]).toEqual([303, "/o/device/done"]);
  const done = readText((await person.get("/o/device/done")).text);
  expect(done).toContain(`${application.name} is connected`);
  expect(done).toContain("You can go back to your device.");

  const tokens = await requestToken(pollOf(application, deviceCode), { base: secondBaseUrl });
  expect(tokens.status).toBe(200);
  expectNotCached(tokens);
  expect(Object.keys(tokens.body)).toEqual(["access_token", "expires_in", "token_type", "scope", "refresh_token"]);
  expect(tokens.body.scope).toBe("read");
  expect(JSON.parse((await getResource(tokens.accessToken)).text)).toMatchObject({ user: { id: user.id } });

  expectOAuthError(await requestToken(pollOf(application, deviceCode)), 400, "invalid_grant");
  expect((await getResource(tokens.accessToken)).status).toBe(200);
  expect((await requestToken(refreshOf(application, tokens.refreshToken))).status).toBe(200);
  const where = { applicationId: application.id, type: "device.approved" };
  expect(await portal.database.auditEvent.findMany({ where, select: { actorId: true, userId: true } })).toEqual([
    { actorId: user.id, userId: user.id },
  ]);
});

test("case 81: denied, however often it asks", async ({ portal, person }) => {
  const application = await createTv(portal);
  const { deviceCode, userCode } = await startDevice(application);
  await answerDevice(person, userCode, "deny");
  expect(readText((await person.get("/o/device/done")).text)).toContain(`${application.name} was not connected`);
  for (const base of [baseUrl, secondBaseUrl]) {
    expectOAuthError(await requestToken(pollOf(application, deviceCode), { base }), 400, "access_denied");
  }
  const where = { applicationId: application.id };
  expect(await portal.database.auditEvent.count({ where: { ...where, type: "device.denied" } })).toBe(1);
  expect(await portal.database.consent.count({ where })).toBe(0);
});

test("case 83: slow_down from every process, five seconds more each time", async ({ portal }) => {
  const application = await createTv(portal);
  const { deviceCode } = await startDevice(application);
  expectOAuthError(await requestToken(pollOf(application, deviceCode)), 400, "authorization_pending");
  for (const base of [secondBaseUrl, baseUrl]) {
    expectOAuthError(await requestToken(pollOf(application, deviceCode), { base }), 400, "slow_down");
  }
  const where = { applicationId: application.id };
  const rows = await portal.database.deviceAuthorization.findMany({ where, select: { pollingInterval: true } });
  expect(rows).toEqual([{ pollingInterval: 15 }]);
});

test("case 84: expired_token when the time is over, even if it was approved, and the code is no longer accepted", async ({
  portal,
  person,
}) => {
  const application = await createTv(portal);
  const [pending, approved] = [await startDevice(application), await startDevice(application)];
  await answerDevice(person, approved.userCode);
  const where = { applicationId: application.id };
  await portal.database.deviceAuthorization.updateMany({ where, data: { expiresAt: new Date(Date.now() - 1) } });
  for (const { deviceCode } of [pending, approved]) {
    expectOAuthError(await requestToken(pollOf(application, deviceCode)), 400, "expired_token");
  }
  expect((await enterCode(person, pending.userCode)).headers.location).toBe("/o/device");
});

test("case 85: unknown and other clients' device codes are invalid_grant, a missing one is invalid_request", async ({
  portal,
  person,
}) => {
  const [application, other] = [await createTv(portal), await createTv(portal)];
  const { deviceCode, userCode } = await startDevice(application);
  await answerDevice(person, userCode);
  expectOAuthError(await requestToken(pollOf(application, "x".repeat(43))), 400, "invalid_grant");
  expectOAuthError(await requestToken(pollOf(other, deviceCode)), 400, "invalid_grant");
  expectOAuthError(await requestToken(pollOf(application, "")), 400, "invalid_request");
  const withoutGrant = await portal.createPublicApplication();
  expectOAuthError(await requestToken(pollOf(withoutGrant, deviceCode)), 400, "unauthorized_client");
  expect((await requestToken(pollOf(application, deviceCode))).status).toBe(200);
});

test("F5: of 50 pollers at two processes exactly one gets tokens while the user approves", async ({
  portal,
  person,
}) => {
  const application = await createTv(portal);
  const { deviceCode, userCode } = await startDevice(application);
  const waiting = ["authorization_pending", "slow_down"];
  const heard = new Set<unknown>();
  const pollUntilAnswered = async (base: string) => {
    for (;;) {
      const answer = await requestToken(pollOf(application, deviceCode), { base });
      if (!waiting.includes(String(answer.body.error))) return answer;
      heard.add(answer.body.error);
    }
  };
  const pollers = Array.from({ length: 50 }, (_, index) => pollUntilAnswered(index % 2 ? secondBaseUrl : baseUrl));
  await answerDevice(person, userCode);
  const answers = await Promise.all(pollers);
  const granted = answers.filter(({ status }) => status === 200);
  expect(granted).toHaveLength(1);
  for (const answer of answers) if (!granted.includes(answer)) expectOAuthError(answer, 400, "invalid_grant");
  expect(heard).toContain("slow_down");
  expect((await getResource(granted[0]?.accessToken ?? "")).status).toBe(200);
  const { database } = portal;
  const where = { applicationId: application.id };
  expect(await database.tokenFamily.count({ where })).toBe(1);
  expect(await database.accessToken.count({ where })).toBe(1);
});

test("openid-client completes the flow, waiting as it is told", async ({ portal, person }) => {
  const application = await createTv(portal);
  const metadata = {
    issuer,
    token_endpoint: `${issuer}/token/`,
    device_authorization_endpoint: `${issuer}/device-authorization/`,
  };
  const configuration = new openidClient.Configuration(metadata, application.clientId, {}, openidClient.None());
  openidClient.allowInsecureRequests(configuration);
  const device = await openidClient.initiateDeviceAuthorization(configuration, { scope: "read write" });
  noteSecret(device.device_code);
  const polling = openidClient.pollDeviceAuthorizationGrant(configuration, device);
  const where = { applicationId: application.id, lastPolledAt: { not: null } };
  await waitFor("a first poll", () =>
    portal.database.deviceAuthorization.findFirst({ where, select: { scopes: true } }),
  );
  await answerDevice(person, device.user_code);
  const tokens = await polling;
  noteSecret(tokens.access_token);
  noteSecret(tokens.refresh_token ?? "");
  expect(tokens).toMatchObject({ token_type: "bearer", scope: "read write" });
  expect((await getResource(tokens.access_token)).status).toBe(200);
});

test("openid-client: a denial arrives as access_denied", async ({ portal, person }) => {
  const application = await createTv(portal);
  const endpoints = {
    token_endpoint: `${issuer}/token`,
    device_authorization_endpoint: `${issuer}/device-authorization`,
  };
  const metadata = { issuer, ...endpoints };
  const configuration = new openidClient.Configuration(metadata, application.clientId, {}, openidClient.None());
  openidClient.allowInsecureRequests(configuration);
  const device = await openidClient.initiateDeviceAuthorization(configuration, {});
  noteSecret(device.device_code);
  await answerDevice(person, device.user_code, "deny");
  await expect(openidClient.pollDeviceAuthorizationGrant(configuration, device)).rejects.toMatchObject({
    error: "access_denied",
  });
});
