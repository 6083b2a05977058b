import { afterAll, beforeAll, expect } from "vitest";
import { hostCookieName } from "@/lib/auth/cookies";
import { authorizePath, BrowserClient } from "../support/browser-client";
import { DatabaseGate } from "../support/database-gate";
import { readForms } from "../support/html";
import { type Answer, send } from "../support/http";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import type { Portal } from "../support/portal";
import { authorizationOf } from "../support/token-client";
import { test } from "../support/vitest";

/** RFC 9110 §15.6.4: a failed session lookup doesn't mean that there is no session. */

const gate = new DatabaseGate();
const installation = new OwnInstallation();
let server: OwnServer;
let readyAt = 0;

beforeAll(async () => {
  await gate.open();
  const DATABASE_URL = gate.url({
    query_timeout: "800",
    statement_timeout: "400",
    idle_in_transaction_session_timeout: "700",
  });
  server = await installation.start({ env: { DATABASE_URL, AUTH_SECRET: process.env.AUTH_SECRET ?? "" } });
  readyAt = performance.now();
});

afterAll(async () => {
  await installation.remove();
  await gate.close();
});

function visit(): BrowserClient {
  return new BrowserClient({ base: server.baseUrl, origin: server.baseUrl });
}

interface Outage {
  begin(portal: Portal): Promise<() => Promise<void>>;
  /** Whether a page that needs no session fails as well. */
  isWhole: boolean;
}

const outages: Record<string, Outage> = {
  "the database is down": {
    isWhole: true,
    async begin() {
      await gate.close();
      return () => gate.open();
    },
  },
  "the database is frozen": {
    isWhole: true,
    async begin() {
      gate.freeze();
      return async () => gate.thaw();
    },
  },
  "the table of sessions is locked": {
    isWhole: false,
    async begin(portal) {
      let [unlock, locked] = [() => {}, () => {}];
      const isLocked = new Promise<void>((resolve) => {
        locked = resolve;
      });
      const held = portal.database.$transaction(
        async (tx) => {
          await tx.$executeRaw`LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE`;
          locked();
          await new Promise<void>((resolve) => {
            unlock = resolve;
          });
        },
        { timeout: 20_000 },
      );
      await Promise.race([isLocked, held]);
      return async () => {
        unlock();
        await held;
      };
    },
  },
};

function expectUnavailable(answers: Record<string, Answer>): void {
  const seen = Object.entries(answers).map(([what, { status, headers, text }]) => ({
    what,
    status,
    retryAfter: headers["retry-after"],
    cookies: (headers["set-cookie"] ?? []).filter((cookie) =>
      cookie.startsWith(hostCookieName("session", server.baseUrl)),
    ),
    login: text.includes("login_required") || String(headers.location).includes("login"),
  }));
  const expected = { status: 503, retryAfter: "5", cookies: [], login: false };
  expect(seen).toEqual(Object.keys(answers).map((what) => ({ what, ...expected })));
}

for (const [what, { begin, isWhole }] of Object.entries(outages)) {
  test(`while ${what}, nobody is mistaken for signed out, and signing out ends nothing and clears nothing`, async ({
    portal,
  }) => {
    const [user, application] = [await portal.createUser(), await portal.createApplication({ skipConsent: true })];
    const browser = visit();
    await browser.signIn(user);
    const home = await browser.get("/");
    const signOut = readForms(home.text).find(({ action }) => action === "/logout/submit")?.fields ?? {};
    const authorization = authorizationOf(application);
    const paths = [
      ...["/", "/login", "/account/", "/o/applications/", "/o/authorized_tokens/"],
      "/consent?authorization_request=x",
      authorizePath(authorization),
      authorizePath({ ...authorization, prompt: "none" }),
      "/o/logout",
    ];
    const forms: [string, Record<string, string>][] = [
      ["/logout/submit", {}],
      ["/o/logout/submit", {}],
      ["/account/sessions/end-others/submit", {}],
      ["/account/password/submit", { current_password: user.password, new_password: "a long enough one" }],
      ["/o/device/confirm/submit", { verification: "v".repeat(43), user_code: "BCDF-GHJK", decision: "allow" }],
    ];
    // Next.js adds a parameter to the address of its own scripts' requests.
    const scripted = { RSC: "1", "Accept-Encoding": "gzip" };
    const payload = (await browser.get("/account/", scripted)).headers.location ?? "";
    // The same browser at a server without the outage, where it can still open a form with a server action.
    const elsewhere = new BrowserClient();
    elsewhere.setCookie("browser", browser.cookie("browser") ?? "");
    await elsewhere.signIn(user);
    const profile = await elsewhere.get("/account/profile/");
    const end = await begin(portal);
    try {
      const answers: Record<string, Answer> = {};
      const ask = async (name: string, answer: Promise<Answer>) => {
        answers[name] = await answer;
      };
      await Promise.all([
        ...paths.map((path) => ask(`GET ${path.split("?")[0]}`, browser.get(path))),
        ask("GET /account/ by a script", browser.get(payload, scripted)),
        ...forms.map(([path, fields]) => ask(`POST ${path}`, browser.post(path, { ...signOut, ...fields }))),
        ask(
          "a server action",
          browser.submitAction("/account/profile/", { name: "New" }, { get: async () => profile }),
        ),
        ...(isWhole ? [ask("nobody: GET /", visit().get("/")), ask("nobody: GET /login", visit().get("/login"))] : []),
      ]);
      expectUnavailable(answers);
      const page = answers["GET /"]?.text ?? "";
      expect(page).toContain("<h1>Try again in a moment</h1>");
    } finally {
      await end();
    }
    expect((await browser.get("/account/")).status).toBe(200);
    expect((await browser.get(payload, scripted)).headers["content-type"]).toContain("text/x-component");
    expect(await browser.obtainCode({ ...authorization, prompt: "none" })).not.toBe("");
    const before = visit();
    before.copyCookies(browser);
    await browser.signOut();
    const silent = await before.authorize({ ...authorization, prompt: "none" });
    expect(silent.searchParams.get("error")).toBe("login_required");
  });
}

test("RFC 9700 §2.6: scripts can read that there is an outage, even if nothing can be looked up", async () => {
  const origin = "https://app.example.test";
  const headers = { Origin: origin, "Content-Type": "application/x-www-form-urlencoded" };
  const body = "client_id=x&token=x&grant_type=client_credentials&access_token=x";
  const paths = ["/o/token", "/o/revoke_token", "/o/par", "/o/device-authorization", "/o/userinfo"];
  await gate.close();
  try {
    for (const path of paths) {
      for (const method of ["POST", "OPTIONS"]) {
        const answer = await send(method, path, { base: server.baseUrl, headers, body });
        expect([answer.status, answer.headers["access-control-allow-origin"]], path).toEqual([503, origin]);
        expect(answer.headers["access-control-expose-headers"]).toContain("Retry-After");
      }
    }
    const silent = await send("POST", "/o/introspect", { base: server.baseUrl, headers, body });
    expect([silent.status, silent.headers["access-control-allow-origin"]]).toEqual([503, undefined]);
  } finally {
    await gate.open();
  }
});

test("an outage is logged, but not once per request", () => {
  const lines = server
    .output()
    .split("\n")
    .filter((line) => line.includes("sessions can't be looked up"));
  expect(lines.length).toBeGreaterThan(0);
  // One per ten seconds of an outage, which takes longer on a busy machine.
  expect(lines.length).toBeLessThan(6 + (performance.now() - readyAt) / 10_000);
});
