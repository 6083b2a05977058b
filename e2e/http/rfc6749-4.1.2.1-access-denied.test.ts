import { decodeJwt } from "jose";
import { describe, expect } from "vitest";
import { authorizePath, BrowserClient } from "../support/browser-client";
import { answerDevice, createTv, openConfirmation, pollOf, startDevice } from "../support/device-client";
import { addGroup, addMembers, removeMembers, restrict } from "../support/groups";
import { send } from "../support/http";
import { isActive } from "../support/introspection-client";
import { bearer, RelyingParty, readUserinfo } from "../support/openid";
import type { Portal } from "../support/portal";
import { exchangeOf, refreshOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";

/** An application for one group, and a user who is in it or isn't. */
async function arrange(portal: Portal, isMember: boolean, overrides: Parameters<Portal["createApplication"]>[0] = {}) {
  const rp = await RelyingParty.create(portal, "query", overrides);
  const group = await addGroup(portal, isMember ? [rp.user] : []);
  await restrict(portal, rp.application, [group]);
  return { rp, group, leave: () => removeMembers(portal, group, [rp.user]) };
}

describe("RFC 6749 §4.1.2.1: access_denied for users who are in no group of the application", () => {
  test("a page says so, and leads back with access_denied and the state", async ({ portal }) => {
    const { rp } = await arrange(portal, false);
    await rp.browser.signIn(rp.user);
    const next = (await rp.browser.get(authorizePath(rp.request({ state: "s", ui_locales: "de" })))).headers.location;
    expect(next).toMatch(/^\/no-access\?authorization_request=/);
    const page = await rp.browser.get(next ?? "");
    expect(page.status).toBe(200);
    expect(page.text).toContain("Sie haben keinen Zugriff auf");
    const { headers } = await rp.browser.submit(await rp.browser.openForm(next ?? "", "/login/cancel"), {});
    const answer = new URL(headers.location ?? "");
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({
      error: "access_denied",
      error_description: "The user may not use this client.",
      state: "s",
    });
    expect(await portal.countCodes(rp.application)).toBe(0);
    expect(await portal.database.consent.count({ where: { applicationId: rp.application.id } })).toBe(0);
  });

  test("someone else can sign in for the same request", async ({ portal }) => {
    const { rp, group } = await arrange(portal, false);
    const member = await portal.createUser();
    await addMembers(portal, group, [member]);
    await rp.browser.signIn(rp.user);
    const next = (await rp.browser.get(authorizePath(rp.request()))).headers.location ?? "";
    await rp.browser.submit(await rp.browser.openForm(next, "/logout/submit"), {});
    const dispatcher = next.replace("/no-access", "/o/authorize");
    const login = (await rp.browser.get(dispatcher)).headers.location ?? "";
    const credentials = { identifier: member.username, password: member.password };
    await rp.browser.submit(await rp.browser.openForm(login, "/login/submit"), credentials);
    expect((await rp.browser.get(dispatcher)).headers.location).toMatch(/^\/consent\?/);
  });

  test("the page is nobody else's, and none for those who may use it", async ({ portal }) => {
    const { rp, group } = await arrange(portal, false);
    await rp.browser.signIn(rp.user);
    const next = (await rp.browser.get(authorizePath(rp.request()))).headers.location ?? "";
    const stranger = new BrowserClient();
    await stranger.signIn(await portal.createUser());
    expect((await stranger.get(next)).text).not.toContain(rp.application.name);
    await addMembers(portal, group, [rp.user]);
    const again = await rp.browser.get(next);
    expect(again.headers.location ?? again.text).toContain("/o/authorize?authorization_request=");
  });

  test("OpenID Connect Core §3.1.2.6: prompt=none is answered by a redirect", async ({ portal }) => {
    const { rp } = await arrange(portal, false, { skipConsent: true });
    await rp.browser.signIn(rp.user);
    const answer = await rp.authorize({ prompt: "none" });
    expect(answer.get("error")).toBe("access_denied");
  });

  test("a code from before, a refresh and living tokens end with the membership", async ({ portal }) => {
    const { rp, leave } = await arrange(portal, true);
    const tokens = await rp.signIn();
    const code = (await rp.authorize()).get("code") ?? "";
    await leave();
    const refused = { status: 400, body: { error: "invalid_grant" } };
    expect(await requestToken(exchangeOf(rp.application, code))).toMatchObject(refused);
    expect((await send("GET", "/o/userinfo", bearer(tokens.accessToken))).status).toBe(401);
    expect(await isActive(rp.application, tokens.accessToken)).toBe(false);
    expect(await requestToken(refreshOf(rp.application, tokens.refreshToken))).toMatchObject(refused);
    const family = await portal.database.tokenFamily.findFirst({ where: { userId: rp.user.id } });
    expect(family?.revokedReason).toBe("access_ended");
  });

  test("RFC 8628 §3.5: a device gets access_denied, whatever is posted", async ({ portal }) => {
    const application = await createTv(portal);
    await restrict(portal, application, [await addGroup(portal)]);
    const user = await portal.createUser();
    const browser = new BrowserClient();
    await browser.signIn(user);
    for (const decision of ["deny", "allow"] as const) {
      const { deviceCode, userCode } = await startDevice(application);
      const page = await browser.get(await openConfirmation(browser, userCode));
      expect(page.text).toContain("You don’t have access to");
      await answerDevice(browser, userCode, decision);
      const polled = await requestToken(pollOf(application, deviceCode));
      expect(polled).toMatchObject({ status: 400, body: { error: "access_denied" } });
    }
  });
});

describe("the scope groups", () => {
  test("brings the names of the user's groups, also in tokens if the application is configured so", async ({
    portal,
  }) => {
    const rp = await RelyingParty.create(portal, "query", { groupsInTokens: true });
    const group = await addGroup(portal, [rp.user]);
    const tokens = await rp.signIn({ scope: "openid groups" });
    expect(tokens.claims.groups).toEqual([group.name]);
    expect((await readUserinfo(tokens.accessToken)).groups).toEqual([group.name]);
    expect((await rp.signIn({ scope: "openid" })).claims).not.toHaveProperty("groups");
  });

  test("RFC 9068 §2.2.3.1: in a JWT access token as well", async ({ portal }) => {
    const api = await portal.createApi({ tokenFormat: "jwt" });
    const rp = await RelyingParty.create(portal, "query", { groupsInTokens: true });
    const group = await addGroup(portal, [rp.user]);
    const tokens = await rp.signIn({ scope: "openid groups read", resource: api.identifier });
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ groups: [group.name], scope: "read" });
  });

  test("is in the metadata", async () => {
    const metadata = JSON.parse((await send("GET", "/o/.well-known/openid-configuration")).text);
    expect(metadata.scopes_supported).toContain("groups");
    expect(metadata.claims_supported).toContain("groups");
  });
});
