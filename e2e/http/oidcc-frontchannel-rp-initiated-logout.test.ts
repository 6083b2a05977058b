import { decodeJwt } from "jose";
import { expect } from "vitest";
import { BrowserClient } from "../support/browser-client";
import { issuer } from "../support/environment";
import { askSilently, createRelyingParty, locationOf, logoutPath, signInTo } from "../support/logout";
import { test } from "../support/vitest";

test("oidcc-frontchannel-rp-initiated-logout: every application's page in a frame, then back", async ({
  portal,
  user,
}) => {
  const guest = new BrowserClient();
  await guest.signIn(user);
  const first = await createRelyingParty(portal, { frontchannelLogoutUri: "https://one.example.test/out?a=1" });
  const second = await createRelyingParty(portal, { frontchannelLogoutUri: "https://two.example.test/out" });
  const { idToken } = await signInTo(guest, first);
  const { idToken: secondIdToken } = await signInTo(guest, second);
  const parameters = { id_token_hint: idToken, post_logout_redirect_uri: first.postLogoutRedirectUri, state: "s" };
  expect(locationOf(await guest.get(logoutPath(parameters)))).toBe("/o/logged-out");

  const page = await guest.get("/o/logged-out");
  const frames = [...page.text.matchAll(/<iframe[^>]* src="([^"]*)"/g)].map(([, src = ""]) =>
    src.replaceAll("&amp;", "&"),
  );
  const said = (token: string) => new URLSearchParams({ iss: issuer, sid: String(decodeJwt(token).sid) });
  expect(frames).toEqual([
    `https://one.example.test/out?a=1&${said(idToken)}`,
    `https://two.example.test/out?${said(secondIdToken)}`,
  ]);
  const next = `${first.postLogoutRedirectUri}?state=s`;
  expect(page.text).toContain(`id="continue" href="${next}"`);
  expect(page.headers.refresh).toBe(`5;url=${next}`);
  const policy = page.headers["content-security-policy"];
  expect(policy).toContain("frame-src https://one.example.test https://two.example.test;");
  expect(policy).toContain("frame-ancestors 'none'");
  // A browser that runs no scripts loads the frames and continues by the header.
  expect(page.text.replace(/<script\b.*?<\/script>/gs, "")).toMatch(/<iframe.*<iframe/s);
  expect(await askSilently(guest, first)).toBe("login_required");
  // Only once.
  expect((await guest.get("/o/logged-out")).text).not.toContain("<iframe");
});

test("signing out on a page of this server also notifies them, and ends at the start page", async ({
  portal,
  user,
}) => {
  const guest = new BrowserClient();
  await guest.signIn(user);
  const party = await createRelyingParty(portal, { frontchannelLogoutUri: "https://one.example.test/out" });
  await signInTo(guest, party);
  const form = await guest.openForm("/", "/logout/submit");
  expect(locationOf(await guest.submit(form, {}))).toBe("/o/logged-out");
  expect((await guest.get("/o/logged-out")).headers.refresh).toBe("5;url=/");
});

test("a repeated sign-out, after its answer was lost, still notifies the applications", async ({ portal, user }) => {
  const guest = new BrowserClient();
  await guest.signIn(user);
  const party = await createRelyingParty(portal, { frontchannelLogoutUri: "https://one.example.test/out" });
  await signInTo(guest, party);
  const form = await guest.openForm("/", "/logout/submit");
  const unaware = new BrowserClient();
  unaware.copyCookies(guest);
  const elsewhere = new BrowserClient();
  await elsewhere.get("/login");
  elsewhere.setCookie("session", guest.cookie("session") ?? "");
  await guest.submit(form, {});
  expect(locationOf(await unaware.submit(form, {}))).toBe("/o/logged-out");
  expect((await unaware.get("/o/logged-out")).text).toContain('src="https://one.example.test/out?');
  // That answer cleared the session cookie, which means nothing in another browser.
  expect(locationOf(await unaware.submit(form, {}))).toBe("/");
  expect(locationOf(await elsewhere.get("/o/logout"))).toBe("/o/logged-out");
  expect((await elsewhere.get("/o/logged-out")).text).not.toContain("<iframe");
});

test("a visit to the page by chance doesn't claim that nobody is signed in", async ({ browser }) => {
  expect(locationOf(await browser.get("/o/logged-out/"))).toBe("/");
});
