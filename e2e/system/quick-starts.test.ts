import { afterEach, expect } from "vitest";
import { defaultSettings } from "@/lib/oauth/ports/client-settings";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { gatherFacts, type QuickStartSubject } from "@/lib/quick-starts/facts";
import { type ListedQuickStart, listQuickStarts, type QuickStartId } from "@/lib/quick-starts/list-quick-starts";
import { Apache } from "../support/apache";
import { BrowserClient } from "../support/browser-client";
import { answerDevice } from "../support/device-client";
import { baseUrl } from "../support/environment";
import type { Answer } from "../support/http";
import { needs, type Program } from "../support/needs";
import { findFreePort } from "../support/own-server";
import type { Portal, TestUser } from "../support/portal";
import { QuickStartProgram } from "../support/quick-start-program";
import { test } from "../support/vitest";

/** The programs of the quick starts as they are shown, with the libraries that they name. */

const scopes = ["openid", "profile", "email", "read", "write"];
const longestWalk = 8;
/** Milliseconds, downloads included. */
const timeout = 400_000;

let program: QuickStartProgram | null = null;
afterEach(async () => {
  await program?.stop();
  program = null;
});

type Overrides = Partial<Pick<QuickStartSubject, "kind" | "clientType" | "redirectUris">> & {
  grantTypes?: QuickStartSubject["grantTypes"][number][];
};

const grantTypes: string[] = ["authorization_code", "refresh_token"];

interface Written {
  quickStart: ListedQuickStart;
  clientSecret: string;
}

interface Running {
  quickStart: ListedQuickStart;
  running: QuickStartProgram;
}

async function write(portal: Portal, id: QuickStartId, overrides: Overrides): Promise<Written> {
  const { clientId, clientSecret } = await portal.createApplication({ grantTypes, ...overrides });
  const application = { ...defaultSettings, clientType: "confidential" as const, grantTypes, ...overrides, clientId };
  const facts = gatherFacts(application, { publicUrl: baseUrl, scopes });
  const quickStart = listQuickStarts(facts).find((listed) => listed.id === id);
  if (!quickStart) throw new Error(`No quick start ${id} for this application.`);
  return { quickStart, clientSecret };
}

async function run(portal: Portal, id: QuickStartId, overrides: Overrides): Promise<Running> {
  const { quickStart, clientSecret } = await write(portal, id, overrides);
  program = new QuickStartProgram();
  program.start(quickStart, clientSecret);
  return { quickStart, running: program };
}

/** A site of the quick start, from its first page to the page that names the user. */
async function expectSignIn({ quickStart, running }: Running, person: BrowserClient, shown: string): Promise<void> {
  const { origin, pathname } = new URL(quickStart.open ?? "");
  const site = new BrowserClient({ base: origin, origin });
  const first = await running.until("the first page", () => site.get(pathname).catch(() => null));
  const page = await signInAt(site, first.status === 200 ? await pressButton(site, pathname) : first, person);
  // React separates texts by comments.
  expect(page.text.replaceAll("<!-- -->", ""), running.output).toContain(`Signed in as ${shown}`);
}

/** From an answer of the site that leads to the sign-in, to its page afterwards. */
async function signInAt(site: BrowserClient, first: Answer, person: BrowserClient): Promise<Answer> {
  const authorization = await follow(site, first);
  expect(authorization).toMatchObject({ origin: baseUrl, pathname: "/o/authorize" });
  const { pathname: path, search } = await person.authorize(authorization.searchParams);
  return followWithin(site, await site.get(`${path}${search}`));
}

/** Without JavaScript. */
function pressButton(site: BrowserClient, path: string): Promise<Answer> {
  return site.submitAction(path, {});
}

/** Follows redirects to the first address on another site. */
async function follow(site: BrowserClient, answer: Answer): Promise<URL> {
  let current = answer;
  for (let step = 0; step < longestWalk; step++) {
    if (current.headers.location === undefined) throw new Error(`No redirect: ${current.status} ${current.text}`);
    const location = new URL(current.headers.location, site.base);
    if (location.origin !== site.base) return trimSlash(location);
    current = await site.get(`${location.pathname}${location.search}`);
  }
  throw new Error("These redirects have no end.");
}

/** `/o/authorize/` is the same endpoint. */
function trimSlash(location: URL): URL {
  location.pathname = location.pathname.replace(/\/$/, "");
  return location;
}

async function followWithin(site: BrowserClient, answer: Answer): Promise<Answer> {
  let current = answer;
  for (let step = 0; step < longestWalk && current.status >= 300 && current.status < 400; step++) {
    const location = new URL(current.headers.location ?? "", site.base);
    expect(location.origin).toBe(site.base);
    current = await site.get(`${location.pathname}${location.search}`);
  }
  return current;
}

const name = "Maya Lindqvist";

/** Those that tests create have none. */
async function nameUser(portal: Portal, { id }: TestUser): Promise<void> {
  await portal.database.user.update({ where: { id }, data: { name }, select: { id: true } });
}

const sites = [
  ["express", "127.0.0.1", "/callback", ["npm"]],
  ["nextjs", "localhost", "/api/auth/callback/latchkey", ["npm"]],
  ["python", "127.0.0.1", "/callback", ["pypi"]],
  ["flask", "127.0.0.1", "/callback", ["pypi"]],
  ["django", "127.0.0.1", "/callback", ["pypi"]],
  ["go", "127.0.0.1", "/callback", ["go"]],
  ["spring-boot", "127.0.0.1", "/callback", ["maven"]],
] as const satisfies readonly [QuickStartId, string, string, Program[]][];

for (const [id, host, path, programs] of sites) {
  needs(...programs)(`quick start: ${id}`, () => {
    test("signs a user in", { timeout }, async ({ portal, person, user }) => {
      const redirectUris = [`http://${host}:${await findFreePort()}${path}`];
      const running = await run(portal, id, { kind: "web", redirectUris });
      await nameUser(portal, user);
      await expectSignIn(running, person, id === "django" ? user.email : name);
    });
  });
}

needs("npm")("quick start: programs on Node.js", () => {
  test("a machine gets a token", { timeout }, async ({ portal }) => {
    const { running } = await run(portal, "machine", {
      kind: "machine",
      grantTypes: ["client_credentials"],
      redirectUris: [],
    });
    expect(await running.find(/Granted: (.*), for (\d+) seconds/)).toEqual(["read write", "36000"]);
  });

  test("a device gets a token when someone allows it", { timeout }, async ({ portal, person }) => {
    const { running } = await run(portal, "device", {
      kind: "device",
      clientType: "public",
      grantTypes: [deviceCodeGrant],
      redirectUris: [],
    });
    const [, code = ""] = await running.find(/Open (\S+) and enter (\S+)/);
    await answerDevice(person, code);
    expect(await running.find(/Granted: (.*)/)).toEqual(["openid profile email"]);
  });
});

needs("mod_auth_openidc")("quick start: apache", () => {
  const apache = new Apache();
  afterEach(() => apache.stop());

  test("lets a user in", async ({ portal, person }) => {
    const port = await findFreePort();
    const redirectUris = [`http://127.0.0.1:${port}/callback`];
    const { quickStart, clientSecret } = await write(portal, "apache", { kind: "web", redirectUris });
    await apache.start({
      port,
      modules: ["auth_openidc"],
      configuration: quickStart.files[0]?.code ?? "",
      env: { CLIENT_SECRET: clientSecret, CRYPTO_PASSPHRASE: "a passphrase of this test" },
    });
    const base = `http://127.0.0.1:${port}`;
    // It sends only browsers to sign in.
    const site = new BrowserClient({ base, origin: base, headers: { Accept: "text/html" } });
    expect((await signInAt(site, await site.get("/"), person)).text).toBe("let in");
  });
});
