import { createHash } from "node:crypto";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { send } from "../support/http";
import { askSilently, createRelyingParty, logoutPath, type RelyingParty, signInTo } from "../support/logout";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

/** What the frame answers an application's page, from what it sees in the browser (Session Management §3.2). */
function isUnchanged(browser: BrowserClient, party: RelyingParty, sessionState: string): boolean {
  const [digest, salt] = sessionState.split(".");
  const seen = [party.clientId, new URL(party.redirectUri).origin, browser.cookie("state") ?? "", salt];
  return createHash("sha256").update(seen.join(" ")).digest("base64url") === digest;
}

async function readSessionState(browser: BrowserClient, party: RelyingParty, prompt = "none"): Promise<string> {
  const location = await browser.authorize(authorizationOf(party, { scope: "openid", prompt }));
  return location.searchParams.get("session_state") ?? "";
}

test("oidcc-session-management-rp-initiated-logout: unchanged until the session ends, changed afterwards", async ({
  portal,
  user,
}) => {
  const guest = new BrowserClient();
  await guest.signIn(user);
  const party = await createRelyingParty(portal);
  const { idToken } = await signInTo(guest, party);
  const sessionState = await readSessionState(guest, party);
  expect(sessionState).toMatch(/^[\w-]{43}\.[\w-]{22}$/);
  expect(isUnchanged(guest, party, sessionState)).toBe(true);
  const other = await createRelyingParty(portal);
  expect(isUnchanged(guest, other, sessionState)).toBe(false);
  await guest.get(logoutPath({ id_token_hint: idToken }));
  expect(isUnchanged(guest, party, sessionState)).toBe(false);
  expect(await askSilently(guest, party)).toBe("login_required");
});

test("unchanged after reauthentication, changed if another user signs in", async ({ portal, user }) => {
  const guest = new BrowserClient();
  await guest.signIn(user);
  const party = await createRelyingParty(portal);
  const sessionState = await readSessionState(guest, party);
  await guest.authorize(authorizationOf(party, { scope: "openid", prompt: "login" }), { user });
  expect(isUnchanged(guest, party, sessionState)).toBe(true);
  const otherUser = await portal.createUser();
  await guest.authorize(authorizationOf(party, { scope: "openid", prompt: "login" }), { user: otherUser });
  expect(isUnchanged(guest, party, sessionState)).toBe(false);
});

test("without openid there is no session_state", async ({ portal, person }) => {
  const party = await createRelyingParty(portal);
  const location = await person.authorize(authorizationOf(party, { scope: "read" }));
  expect(location.searchParams.has("session_state")).toBe(false);
});

test("check_session_iframe: any page may frame it, and it sets no cookie", async () => {
  for (const path of ["/o/check-session", "/o/check-session/"]) {
    const { status, headers, text } = await send("GET", path);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["x-frame-options"]).toBeUndefined();
    expect(headers["content-security-policy"]).not.toContain("frame-ancestors");
    expect(headers["set-cookie"]).toBeUndefined();
    expect(text).toContain("postMessage");
  }
});
