import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { createPrismaClient } from "@/lib/db/client";
import { BrowserClient } from "../support/browser-client";
import { baseUrl, databaseUrl } from "../support/environment";
import { send } from "../support/http";
import { needs } from "../support/needs";
import { bearer, readClaims, verifyJwt } from "../support/openid";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import { authorizationOf, createPkcePair, exchangeOf, refreshOf, requestToken } from "../support/token-client";
import { test } from "../support/vitest";
import { waitFor } from "../support/wait-for";
import { settableClock, wrongClock } from "../support/wrong-clock";

/** Seconds that a test may take between two steps. */
const tolerance = 60;

needs("faketime")("processes whose machines' clocks are wrong (docs/adr/0042)", () => {
  const installation = new OwnInstallation();
  const prisma = createPrismaClient(databaseUrl);
  const clock = settableClock(path.join(installation.dataDir, "offset"));
  const servers = new Map<string, OwnServer>();
  const at = (offset: string) => ({ base: servers.get(offset)?.baseUrl ?? baseUrl });
  const browserAt = (offset: string) => new BrowserClient({ ...at(offset), origin: baseUrl });

  beforeAll(async () => {
    const env = { DATABASE_URL: databaseUrl, AUTH_SECRET: process.env.AUTH_SECRET ?? "", SESSION_LIFETIME: "1800" };
    const shared = { publicUrl: baseUrl, env: { ...env, SESSION_IDLE_LIFETIME: "1800" } };
    for (const offset of ["+90s", "-90s", "+3600s"]) {
      servers.set(offset, await installation.start({ ...shared, clock: wrongClock(offset) }));
    }
    servers.set("settable", await installation.start({ ...shared, clock: clock.variables }));
  });

  afterAll(async () => {
    await installation.remove();
    await prisma.$disconnect();
  });

  const passes = [
    ["true", "+90s", "-90s", "+3600s"],
    ["+90s", "-90s", "+3600s", "true"],
    ["-90s", "+3600s", "+90s", "-90s"],
    ["+3600s", "-90s", "true", "+90s"],
  ] as const;

  test.for(passes)(
    "a code of %s is redeemed at %s, refreshed at %s, and the repetition at %s is no theft",
    async ([first, second, third, fourth], { portal }) => {
      const application = await portal.createApplication();
      const browser = browserAt(first);
      await browser.signIn(await portal.createUser());
      const { verifier, challenge } = createPkcePair();
      const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
      const code = await browser.obtainCode(authorizationOf(application, { scope: "openid", ...pkce }));
      const tokens = await requestToken(exchangeOf(application, code, { code_verifier: verifier }), at(second));
      expect(tokens.status).toBe(200);
      const trueTime = Date.now() / 1000;
      const {
        iat = 0,
        exp = 0,
        auth_time: authTime,
      } = await verifyJwt(String(tokens.body.id_token), application.clientId);
      expect(Math.abs(iat - trueTime)).toBeLessThan(tolerance);
      expect(Math.abs(Number(authTime ?? iat) - trueTime)).toBeLessThan(tolerance);
      expect(exp - iat).toBe(3600);

      const refreshed = await requestToken(refreshOf(application, tokens.refreshToken), at(third));
      expect(refreshed.status).toBe(200);
      const repeated = await requestToken(refreshOf(application, tokens.refreshToken), at(fourth));
      expect([repeated.status, repeated.accessToken]).toEqual([200, refreshed.accessToken]);
      for (const offset of ["true", ...servers.keys()]) {
        const userinfo = await send("GET", "/o/userinfo", { ...at(offset), ...bearer(refreshed.accessToken) });
        expect(readClaims(userinfo)).toHaveProperty("sub");
      }
    },
  );

  test("a session that began at one is valid at all of them", async ({ portal }) => {
    const user = await portal.createUser();
    for (const first of ["-90s", "+3600s"]) {
      const browser = browserAt(first);
      await browser.signIn(user);
      for (const offset of ["true", ...servers.keys()]) {
        const page = await send("GET", "/account/", { ...at(offset), headers: browser.cookieHeader("/account/") });
        expect([offset, page.status]).toEqual([offset, 200]);
      }
    }
  });

  test("what they write into the database has the database's time", async ({ portal }) => {
    const user = await portal.createUser();
    await browserAt("+3600s").signIn(user);
    await browserAt("-90s").signIn(user);
    const [{ off } = { off: null }] = await prisma.$queryRaw<{ off: number }[]>`
      SELECT max(abs(extract(epoch FROM now() - at)))::float AS off FROM (
        SELECT unnest(ARRAY[created_at, last_seen_at, authenticated_at]) AS at FROM sessions WHERE user_id = ${user.id}::uuid
        UNION ALL SELECT at FROM audit_events WHERE user_id = ${user.id}::uuid) AS times`;
    expect(off).toBeLessThan(tolerance);
  });

  test("the log says how wrong a clock is, from five seconds on", () => {
    expect(servers.get("+3600s")?.output()).toMatch(/"level":"error".*clock is 3600 seconds ahead of the database's/);
    expect(servers.get("-90s")?.output()).toMatch(/"level":"error".*clock is 90 seconds behind the database's/);
    expect(servers.get("settable")?.output()).not.toContain("the database's: synchronize them");
  });

  test("setting the clock while a server runs does no harm", async ({ portal }) => {
    const application = await portal.createApplication();
    const browser = browserAt("settable");
    await browser.signIn(await portal.createUser());
    for (const offset of ["+3600s", "-3600s", "+0s"]) {
      const code = await browser.obtainCode(authorizationOf(application, { scope: "openid" }));
      clock.set(offset);
      const tokens = await requestToken(exchangeOf(application, code), at("settable"));
      expect([offset, tokens.status]).toEqual([offset, 200]);
      const { iat = 0 } = await verifyJwt(String(tokens.body.id_token), application.clientId);
      expect(Math.abs(iat - Date.now() / 1000)).toBeLessThan(tolerance);
    }
    // The first request after the jump has read the time again.
    await waitFor("a line about the difference", async () =>
      /clock is 3600 seconds behind/.test(servers.get("settable")?.output() ?? ""),
    );
  });
});
