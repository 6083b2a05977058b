import { describe, expect } from "vitest";
import { setApplicationDisabled } from "@/lib/services/applications/set-application-disabled";
import { systemContext } from "@/lib/services/context";
import { BrowserClient } from "../support/browser-client";
import { expectOAuthError } from "../support/expectations";
import { readText } from "../support/html";
import { startRegistrationServers } from "../support/registering";
import { expectInvalidToken, machine, requestMachineToken, toUpdate, webApp } from "../support/registration";
import { getResource, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

const { servers, register } = startRegistrationServers();

describe("§2.2: the rules apply to the resulting registration as a whole (attack 46)", () => {
  test("a machine can't become public and keep its grant type", async () => {
    const client = await register(machine);
    const token = client.registrationToken;
    const body = toUpdate(client, { token_endpoint_auth_method: "none" });
    const refused = await servers.manage("PUT", client.clientId, { token, body });
    expectOAuthError(refused, 400, "invalid_client_metadata");
    expect((await requestMachineToken(client)).status).toBe(200);
  });

  test("a grant type that needs redirect URIs can't be added without them", async () => {
    const client = await register(machine);
    const body = { client_id: client.clientId, grant_types: ["authorization_code"] };
    const answer = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body });
    expectOAuthError(answer, 400, "invalid_redirect_uri");
  });

  test("one that becomes public loses its secrets; one that becomes confidential again gets another, shown once", async () => {
    const client = await register();
    const body = toUpdate(client, { token_endpoint_auth_method: "none" });
    const turned = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body });
    expect(turned.status).toBe(200);
    expect(turned.body).not.toHaveProperty("client_secret_expires_at");
    expect(await servers.find(client.clientId)).toMatchObject({
      clientType: "public",
      secrets: [{ revokedAt: expect.any(Date) }],
    });

    const machineBody = { ...machine, client_id: client.clientId };
    const back = await servers.manage("PUT", client.clientId, { token: turned.registrationToken, body: machineBody });
    expect(back.clientSecret).toMatch(/^[A-Za-z0-9]{128}$/);
    expect(back.clientSecret).not.toBe(client.clientSecret);
    expect((await requestMachineToken(back)).status).toBe(200);
    expect((await requestMachineToken({ ...back, clientSecret: client.clientSecret })).status).toBe(401);
    const read = await servers.manage("GET", client.clientId, { token: back.registrationToken });
    expect(read.body).not.toHaveProperty("client_secret");
  });

  test("what an administrator granted stays until the client changes what it was granted for", async ({ portal }) => {
    const restricted = await portal.createScope({ isRestricted: true });
    const client = await register();
    const decided = {
      requirePkce: true,
      skipConsent: true,
      redirectsBeforeSignIn: true,
      allowedOrigins: ["https://app.example.test"],
      allowedScopes: ["read", restricted],
    };
    const where = { clientId: client.clientId };
    await servers.database.application.update({ where, data: decided, select: { id: true } });

    const scope = `read ${restricted}`;
    const same = toUpdate(client, { client_name: "Renamed", scope, skip_consent: false });
    const kept = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body: same });
    expect(kept.status).toBe(200);
    expect(kept.body).not.toHaveProperty("ended_permissions");
    expect(await servers.find(client.clientId)).toMatchObject(decided);

    const moved = toUpdate(client, { redirect_uris: ["https://elsewhere.example.test/callback"], scope });
    const changed = await servers.manage("PUT", client.clientId, { token: kept.registrationToken, body: moved });
    expect(changed).toMatchObject({
      status: 200,
      body: { scope: "read", ended_permissions: ["skip_consent", "redirects_before_sign_in", "scope"] },
    });
    const left = { requirePkce: true, skipConsent: false, redirectsBeforeSignIn: false, allowedScopes: ["read"] };
    expect(await servers.find(client.clientId)).toMatchObject(left);

    // What has been taken away doesn't come back by itself.
    const greedy = toUpdate(client, { scope });
    const refused = await servers.manage("PUT", client.clientId, { token: changed.registrationToken, body: greedy });
    expectOAuthError(refused, 400, "invalid_client_metadata");
  });

  test.each([
    ["another method of authentication", { token_endpoint_auth_method: "client_secret_post" }],
    ["turning public", { token_endpoint_auth_method: "none" }],
    ["another grant", { grant_types: ["authorization_code", "refresh_token"] }],
    ["another scope", { scope: "read write" }],
  ])("%s ends skipping consent as well", async (_name, change) => {
    const client = await register({ ...webApp, scope: "read" });
    const where = { clientId: client.clientId };
    await servers.database.application.update({ where, data: { skipConsent: true }, select: { id: true } });
    const body = toUpdate(client, { scope: "read", ...change });
    const answer = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body });
    expect(answer).toMatchObject({ status: 200, body: { ended_permissions: ["skip_consent"] } });
    expect(await servers.find(client.clientId)).toMatchObject({ skipConsent: false });
  });

  test("RFC 8252 §7.3: becoming native, which opens every port of localhost, ends what was granted", async () => {
    const redirect_uris = ["http://localhost:3000/callback"];
    const client = await register({ ...webApp, redirect_uris, application_type: "web", scope: "read" });
    const granted = { skipConsent: true, redirectsBeforeSignIn: true };
    await servers.database.application.update({
      where: { clientId: client.clientId },
      data: granted,
      select: { id: true },
    });
    const body = toUpdate(client, { redirect_uris, application_type: "native", scope: "read" });
    const answer = await servers.manage("PUT", client.clientId, { token: client.registrationToken, body });
    const ended_permissions = ["skip_consent", "redirects_before_sign_in"];
    expect(answer).toMatchObject({ status: 200, body: { application_type: "native", ended_permissions } });
    expect(await servers.find(client.clientId)).toMatchObject({ skipConsent: false, redirectsBeforeSignIn: false });
  });

  test("a secret that was revoked here is not replaced by an update", async () => {
    const client = await register(machine);
    const row = await servers.find(client.clientId);
    const where = { applicationId: row?.id ?? "" };
    await servers.database.clientSecret.updateMany({ where, data: { revokedAt: new Date() } });
    const answer = await servers.manage("PUT", client.clientId, {
      token: client.registrationToken,
      body: toUpdate(client),
    });
    expect(answer.status).toBe(200);
    expect(answer.body).not.toHaveProperty("client_secret");
    expect((await requestMachineToken(client)).status).toBe(401);
  });
});

describe("§2.3: deleting (case 116)", () => {
  test("204, and everything that belonged to it is gone", async ({ browser, portal }) => {
    const grant_types = ["authorization_code", "refresh_token"];
    const client = await register({ ...webApp, grant_types, token_endpoint_auth_method: "client_secret_post" });
    const request = { response_type: "code", client_id: client.clientId };
    const user = await portal.createUser();
    const code = await browser.obtainCode(request, { user });
    const credentials = { client_id: client.clientId, client_secret: client.clientSecret };
    const tokens = await requestToken({ grant_type: "authorization_code", ...credentials, code });
    const unused = await browser.obtainCode(request);
    expect((await getResource(tokens.accessToken)).status).toBe(200);
    const row = await servers.find(client.clientId);

    const answer = await servers.manage("DELETE", client.clientId, { token: client.registrationToken });
    expect(answer).toMatchObject({ status: 204, text: "" });
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(await servers.find(client.clientId)).toBeNull();
    expect((await getResource(tokens.accessToken)).status).toBe(401);
    const dead: Record<string, string>[] = [
      { grant_type: "refresh_token", refresh_token: tokens.refreshToken },
      { grant_type: "authorization_code", code: unused },
    ];
    for (const fields of dead) {
      expectOAuthError(await requestToken({ ...fields, ...credentials }), 401, "invalid_client");
    }
    const where = { applicationId: row?.id ?? "" };
    expect(await servers.database.authorizationCode.count({ where })).toBe(0);
    expect(await servers.database.tokenFamily.count({ where })).toBe(0);
    expectInvalidToken(await servers.manage("GET", client.clientId, { token: client.registrationToken }));
    expectInvalidToken(await servers.manage("DELETE", client.clientId, { token: client.registrationToken }));
    const events = await servers.database.auditEvent.findMany({ where: { ...where, type: "application.deleted" } });
    expect(events).toMatchObject([{ details: { source: "dynamic", clientId: client.clientId } }]);
  });
});

describe("a client that was disabled here (attack 45)", () => {
  test("reads, changes, deletes nothing, gets no token, and can't enable itself again", async () => {
    const client = await register(machine);
    const token = client.registrationToken;
    const { accessToken } = await requestMachineToken(client);
    const row = await servers.find(client.clientId);
    await setApplicationDisabled(systemContext(), { id: row?.id ?? "", disabled: true });
    const disabled = await servers.find(client.clientId);

    for (const base of [servers.tokenBase, servers.openBase]) {
      expectOAuthError(await servers.manage("GET", client.clientId, { token, base }), 403, "access_denied");
      expectOAuthError(await servers.manage("DELETE", client.clientId, { token, base }), 403, "access_denied");
      for (const change of [{}, { disabled: false }, { token_endpoint_auth_method: "client_secret_post" }]) {
        const body = toUpdate(client, change);
        expectOAuthError(await servers.manage("PUT", client.clientId, { token, body, base }), 403, "access_denied");
      }
    }
    expect(await servers.find(client.clientId)).toEqual(disabled);
    expect((await requestMachineToken(client)).status).toBe(401);
    expect((await getResource(accessToken)).status).toBe(401);

    await setApplicationDisabled(systemContext(), { id: row?.id ?? "", disabled: false });
    expect((await servers.manage("GET", client.clientId, { token })).status).toBe(200);
  });
});

describe("in the dashboard", () => {
  test("an administrator finds it, marked as registered dynamically, and nobody else does", async ({ portal }) => {
    const client = await register();
    const row = await servers.find(client.clientId);
    const administrator = new BrowserClient();
    await administrator.signIn(await portal.createUser({ administrator: true }));
    const list = await administrator.get("/o/applications/");
    expect(readText(list.text)).toContain("Registered itself");
    expect(list.text).toContain(client.clientId);
    const page = await administrator.get(`/o/applications/${row?.id}/`);
    expect(readText(page.text)).toContain("Registered itself");
    expect(page.text).not.toContain(row?.registrationAccessTokenHash ?? "");

    const person = new BrowserClient();
    await person.signIn(await portal.createUser());
    expect((await person.get(`/o/applications/${row?.id}/`)).status).toBe(404);
  });
});

test("no server prints a secret or a token", () => {
  expect(servers.findPrintedSecrets()).toEqual([]);
});
