import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect } from "vitest";
import { formerCookieNames } from "@/lib/auth/former-cookies";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { BrowserClient } from "../support/browser-client";
import { baseUrl } from "../support/environment";
import type { Portal, TestUser } from "../support/portal";
import { noteSecret } from "../support/secrets-seen";
import { findSharedServer, type SharedServer } from "../support/shared-server";
import { test } from "../support/vitest";

const isSignedIn = async (browser: BrowserClient) => (await browser.get("/account/")).status === 200;

describe("two servers on one host, one of them reached by https", () => {
  const publicUrl = "https://127.0.0.1:8443";
  let server: SharedServer;

  beforeAll(async () => {
    server = await findSharedServer({ PUBLIC_URL: publicUrl });
  });

  const visit = () => new BrowserClient({ base: server.baseUrl, origin: publicUrl });

  test("RFC 6265bis §4.1.3: `__Host-` for all cookies of the host, `__Secure-` for cookies with a path", async ({
    portal,
    user,
  }) => {
    const browser = visit();
    const application = await portal.createApplication({ owner: user });
    const path = `/o/applications/${application.id}/`;
    const form = await browser.openForm("/login", "/login/submit");
    await browser.submit(form, { identifier: user.username, password: "not this one" });
    const answers = [
      await browser.get("/login"),
      await visit().get("/"),
      await browser.submit(form, { identifier: user.username, password: user.password }),
      await browser.submit(await browser.openForm(`${path}credentials/`, `${path}secrets/submit`), {
        label: "Second",
        expires_in_days: "0",
      }),
      await browser.submit(await browser.openForm("/", "/logout/submit"), {}),
    ];
    const cookies = answers.flatMap(({ headers }) => headers["set-cookie"] ?? []);
    const kinds = cookies.map((cookie) => {
      expect(cookie).toMatch(/; Secure/i);
      expect(cookie).not.toMatch(/; Domain=/i);
      const [, prefix, kind] = /^(__Host-|__Secure-)latchkey\.[0-9a-f]{8}\.([a-z-]+)/.exec(cookie) ?? [];
      expect(cookie).toMatch(prefix === "__Host-" ? /; Path=\/(;|$)/i : /; Path=\/[a-z]/i);
      return `${prefix}${kind}`;
    });
    for (const kind of ["__Host-session", "__Host-browser", "__Host-state", "__Host-known"])
      expect(kinds).toContain(kind);
    expect(kinds.some((kind) => kind.startsWith("__Secure-secret-"))).toBe(true);
  });

  test("RFC 6265 §8.5: cookies ignore the port, yet signing in or out at one doesn't affect the other", async ({
    user,
  }) => {
    const [here, there] = [new BrowserClient(), visit()];
    const share = () => {
      here.copyCookies(there);
      there.copyCookies(here);
    };
    await here.signIn(user);
    share();
    await there.signIn(user);
    share();
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, true]);
    await here.signOut();
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([false, true]);
  });
});

test("a session belongs to the browser in which it began: its cookie, planted or copied elsewhere, is worthless", async ({
  user,
}) => {
  const [attacker, victim] = [new BrowserClient(), new BrowserClient()];
  await attacker.signIn(user);
  victim.setCookie("session", attacker.cookie("session") ?? "");
  expect(await isSignedIn(victim)).toBe(false);
  await victim.get("/");
  expect(await isSignedIn(victim)).toBe(false);
  expect((await victim.get("/login")).status).toBe(200);
  expect(await isSignedIn(attacker)).toBe(true);
});

describe("cookies from before their names changed", () => {
  const former = formerCookieNames(baseUrl);

  /** A browser that was last here with such cookies. */
  async function returnFromBefore(portal: Portal, user: TestUser) {
    const [token, now] = [randomToken(), new Date()];
    noteSecret(token);
    await portal.database.session.create({
      data: {
        tokenHash: digest(token),
        userId: user.id,
        authenticatedAt: now,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + 3_600_000),
      },
    });
    const secret = process.env.AUTH_SECRET ?? "";
    const sealed = await encode({ token: { sessionToken: token }, secret, salt: former.session, maxAge: 3600 });
    const browser = new BrowserClient();
    browser.plantCookie(former.browser, randomToken());
    browser.plantCookie(former.session, sealed);
    return { browser, sealed };
  }

  test("are moved to the new names, and the session belongs to that browser from then on", async ({ portal, user }) => {
    const { browser, sealed } = await returnFromBefore(portal, user);
    const id = browser.jar.get(former.browser)?.value;
    expect(await isSignedIn(browser)).toBe(true);
    expect(browser.cookie("browser")).toBe(id);
    expect([former.session, former.browser].filter((name) => browser.jar.has(name))).toEqual([]);
    expect(await isSignedIn(browser)).toBe(true);

    const late = new BrowserClient();
    late.plantCookie(former.browser, randomToken());
    late.plantCookie(former.session, sealed);
    expect(await isSignedIn(late)).toBe(false);
    await browser.signOut();
    expect(await isSignedIn(browser)).toBe(false);
  });

  test("a form that was open meanwhile is accepted", async ({ portal, user }) => {
    const { browser } = await returnFromBefore(portal, user);
    const reader = new BrowserClient();
    reader.copyCookies(browser);
    const form = await reader.openForm("/", "/logout/submit");
    expect((await browser.submit(form, {})).status).toBe(303);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test("are not taken from a browser that was never here, or has been since", async ({ portal, user }) => {
    const { sealed } = await returnFromBefore(portal, user);
    const [stranger, regular] = [new BrowserClient(), new BrowserClient()];
    await regular.get("/");
    regular.plantCookie(former.browser, randomToken());
    for (const browser of [stranger, regular]) {
      browser.plantCookie(former.session, sealed);
      expect(await isSignedIn(browser)).toBe(false);
    }
  });
});
