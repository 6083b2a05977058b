import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, expect } from "vitest";
import { hostCookieName } from "@/lib/auth/cookies";
import { SignInThrottle } from "@/lib/auth/sign-in-throttle";
import { digest } from "@/lib/oauth/wire/digest";
import { BrowserClient } from "../support/browser-client";
import { baseUrl, databaseUrl } from "../support/environment";
import { readForms, readText } from "../support/html";
import { type Answer, encodeForm, formType } from "../support/http";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import type { TestUser } from "../support/portal";
import { untilAdmitted } from "../support/until-admitted";
import { test } from "../support/vitest";
import { waitFor } from "../support/wait-for";

const installation = new OwnInstallation();
/** The tests act as its proxy, so that each browser can have its own network. It hashes one password at a time. */
let server: OwnServer;

beforeAll(async () => {
  const env = { DATABASE_URL: databaseUrl, AUTH_SECRET: process.env.AUTH_SECRET ?? "", TRUSTED_PROXIES: "127.0.0.1" };
  const slow = { PASSWORD_HASH_COST: "11", PASSWORD_HASH_THREADS: "1" };
  server = await installation.start({ publicUrl: baseUrl, env: { ...env, ...slow } });
});

afterAll(() => installation.remove());

const run = Math.floor(Math.random() * 0xffff).toString(16);
let networks = 0;
const nextNetwork = () => `2001:db8:${run}:${(networks++).toString(16)}::1`;

/** A browser without cookies, in a network that no other uses. */
function browserElsewhere(network = nextNetwork()): BrowserClient {
  return new BrowserClient({ base: server.baseUrl, headers: { "X-Forwarded-For": network } });
}

async function tryToSignIn(browser: BrowserClient, identifier: string, password: string): Promise<Answer> {
  const form = await browser.openForm("/login", "/login/submit");
  return browser.submit(form, { identifier, password });
}

async function changeEmail(browser: BrowserClient, email: string, password: string): Promise<Answer> {
  const form = await browser.openForm("/account/email/", "/account/email/submit");
  return browser.submit(form, { email, current_password: password });
}

async function changePassword(browser: BrowserClient, password: string, next: string): Promise<Answer> {
  const form = await browser.openForm("/account/", "/account/password/submit");
  return browser.submit(form, { current_password: password, new_password: next });
}

/** The limits as left by a hundred wrong passwords from ten networks, without the time these take. */
async function attackFromEverywhere({ id: userId }: TestUser): Promise<void> {
  for (let network = 0; network < 10; network++) {
    const throttle = new SignInThrottle({ userId, name: null, ipAddress: nextNetwork(), knownBrowser: null });
    for (let attempt = 0; attempt < 10; attempt++) await throttle.countAttempt(new Date());
  }
}

test("6.3.1: wrong passwords from one network, however many, don't lock the owner out in another", async ({
  portal,
}) => {
  const user = await portal.createUser();
  const attacker = browserElsewhere();
  const form = await attacker.openForm("/login", "/login/submit");
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 30; attempt++) {
    const identifier = attempt % 2 === 0 ? user.username : user.email.toUpperCase();
    statuses.push((await attacker.submit(form, { identifier, password: `guess ${attempt}` })).status);
  }
  expect(statuses).toEqual([...Array(10).fill(303), ...Array(20).fill(429)]);
  const refused = await attacker.submit(form, { identifier: user.username, password: user.password });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);

  const owner = browserElsewhere();
  expect((await tryToSignIn(owner, user.email, user.password)).headers.location).toBe("/");
  expect((await changeEmail(owner, `new-${user.email}`, user.password)).headers.location).toBe("/account/");
});

test("6.3.1: during an attack from everywhere, the owner signs in from a known browser, and changes address and password", async ({
  portal,
}) => {
  const user = await portal.createUser();
  const owner = browserElsewhere();
  await owner.signIn(user);
  await owner.signOut();
  const known = owner.cookie("known") ?? "";
  await attackFromEverywhere(user);

  expect((await tryToSignIn(browserElsewhere(), user.username, user.password)).status).toBe(429);
  const moved = browserElsewhere();
  moved.setCookie("known", known);
  // Only that limit is bypassed: not the password, and no other account's limit.
  const wrong = await tryToSignIn(moved, user.username, "a guess");
  expect(wrong.headers.location).toMatch(/^\/login\?attempt=/);
  const other = await portal.createUser();
  await attackFromEverywhere(other);
  expect((await tryToSignIn(moved, other.username, other.password)).status).toBe(429);
  expect((await tryToSignIn(moved, user.username, user.password)).headers.location).toBe("/");

  const email = `new-${user.email}`;
  expect((await changeEmail(moved, email, user.password)).headers.location).toBe("/account/");
  const password = `${user.password} and more`;
  expect((await changePassword(moved, user.password, password)).headers.location).toBe("/account/#password");
  await moved.signOut();
  // The browser that changed the password is known; those known before no longer are.
  const before = browserElsewhere();
  before.setCookie("known", known);
  expect((await tryToSignIn(before, user.username, password)).status).toBe(429);
  expect((await tryToSignIn(moved, user.username, password)).headers.location).toBe("/");
});

test("6.3.1: guesses of the password within a session have a limit too", async ({ portal }) => {
  const user = await portal.createUser();
  const browser = browserElsewhere();
  await browser.signIn(user);
  const session = await portal.database.session.findFirstOrThrow({ where: { userId: user.id } });
  const knownBrowser = `session ${session.id}`;
  for (let attempt = 0; attempt < 9; attempt++) {
    const throttle = new SignInThrottle({ userId: user.id, name: null, ipAddress: nextNetwork(), knownBrowser });
    await throttle.countAttempt(new Date());
  }
  await changeEmail(browser, `new-${user.email}`, "a guess");
  expect(readText((await browser.get("/account/email/?rejected=email")).text)).toContain("Incorrect password");
  await changeEmail(browser, `new-${user.email}`, user.password);
  expect(readText((await browser.get("/account/email/?rejected=email")).text)).toContain("Too many attempts");
});

test("6.3.1: the cookie of a known browser is hidden from scripts and other sites", async ({ portal }) => {
  const user = await portal.createUser();
  const answer = await tryToSignIn(browserElsewhere(), user.username, user.password);
  const cookie = (answer.headers["set-cookie"] ?? []).find((line) =>
    line.startsWith(`${hostCookieName("known", baseUrl)}=`),
  );
  expect(cookie).toMatch(/; HttpOnly/i);
  expect(cookie).toMatch(/; SameSite=Lax/i);
  expect(cookie).not.toContain(user.id);
});

test("6.3.1: a repeated attempt is refused again with a page and a way back, and no other is refused", async ({
  portal,
}) => {
  const [user, neighbour] = [await portal.createUser(), await portal.createUser()];
  const network = nextNetwork();
  const [guesser, neighbours] = [browserElsewhere(network), browserElsewhere(network)];
  const guess = (browser: BrowserClient, identifier: string) => tryToSignIn(browser, identifier, "a guess");
  for (let attempt = 0; attempt < 10; attempt++) await guess(guesser, user.username);
  for (let attempt = 0; attempt < 4; attempt++) {
    const refused = await guess(guesser, user.username);
    expect([refused.status, Number(refused.headers["retry-after"]) > 0]).toEqual([429, true]);
    // From the second time on the front says so: Next.js names what its pages vary by.
    expect((refused.headers.vary ?? "").includes("rsc")).toBe(attempt === 0);
    expect(refused.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    const back = /href="(\/login\?[^"]+)"/.exec(refused.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const form = await guesser.openForm(back, "/login/submit");
    expect(form.fields.identifier).toBe(user.username);
  }
  // However its address is spelt (RFC 3986 §6.2.2).
  const form = await guesser.openForm("/login", "/login/submit");
  for (const action of ["/login/%73ubmit", "/%6Cogin/./submit", "/x/../login/submit"]) {
    const refused = await guesser.submit({ ...form, action }, { identifier: user.username, password: "a guess" });
    expect([refused.status, (refused.headers.vary ?? "").includes("rsc")]).toEqual([429, false]);
  }
  // The limits are reset, but the process remembers: for ten seconds after the refusal it doesn't even ask.
  const keyHash = digest(`sign-in account ${user.id} from ${network.replace("::1", "::/64")}`);
  await portal.database.rateLimit.deleteMany({ where: { keyHash } });
  expect((await guess(guesser, user.username)).status).toBe(429);
  await neighbours.signIn(neighbour);
  await browserElsewhere().signIn(user);
});

/** This many browsers of one network with the sign-in form open. */
async function openForms(network: string, count: number) {
  const browsers = Array.from({ length: count }, () => browserElsewhere(network));
  const open = async (browser: BrowserClient) => ({
    browser,
    form: await browser.openForm("/login?next=/account/", "/login/submit"),
  });
  return Promise.all(browsers.map(open));
}

test("6.3.1: of fifty concurrent sign-ins from one network some are told to come back; one from elsewhere gets its turn", async ({
  portal,
}) => {
  const user = await portal.createUser();
  const crowd = await openForms(nextNetwork(), 50);
  const [owner, ...flood] = await Promise.all([
    tryToSignIn(browserElsewhere(), user.username, user.password),
    ...crowd.map(async ({ browser, form }) => {
      const identifier = `nobody-${randomUUID()}`;
      return { browser, identifier, answer: await browser.submit(form, { identifier, password: "a guess" }) };
    }),
  ]);
  expect(owner?.headers.location).toBe("/");
  const refused = flood.find(({ answer }) => answer.status === 503);
  if (!refused) throw new Error("nobody was told to come back");
  expect(Number(refused.answer.headers["retry-after"])).toBeGreaterThan(0);
  expect(readText(refused.answer.text)).toContain("Too many people are signing in right now");

  // The way back keeps the typed name, and doesn't say that it was wrong.
  const back = /href="(\/login\?[^"]+)"/.exec(refused.answer.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const page = await refused.browser.get(back);
  expect(readForms(page.text).find(({ action }) => action === "/login/submit")?.fields).toMatchObject({
    next: "/account/",
    identifier: refused.identifier,
  });
  expect(readText(page.text)).not.toContain("Incorrect username or password");
});

test("6.3.1: browsers that disconnect leave the queue, and their attempts don't count", async ({ portal }) => {
  const user = await portal.createUser();
  const network = nextNetwork();
  const [[first], owner] = [await openForms(network, 1), browserElsewhere(network)];
  const ownersForm = await owner.openForm("/login", "/login/submit");
  const { hostname, port, host } = new URL(server.baseUrl);
  const body = encodeForm({ ...first?.form.fields, identifier: user.username, password: "a guess" });
  const head = [
    "POST /login/submit HTTP/1.1",
    `Host: ${host}`,
    `Origin: ${baseUrl}`,
    `X-Forwarded-For: ${network}`,
    `Cookie: ${hostCookieName("browser", baseUrl)}=${first?.browser.cookie("browser")}`,
    `Content-Type: ${formType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ].join("\r\n");
  const sockets = Array.from({ length: 4 }, () => connect(Number(port), hostname));
  for (const socket of sockets) socket.write(`${head}\r\n\r\n${body}`);
  const keyHash = digest(`sign-in account ${user.id} from ${network.replace("::1", "::/64")}`);
  const countAttempts = async () => (await portal.database.rateLimit.findUnique({ where: { keyHash } }))?.attempts;
  await waitFor("attempts that wait", async () => ((await countAttempts()) ?? 0) >= 3);
  for (const socket of sockets) socket.destroy();

  // This one waits in the same queue: once it is through, nothing before it is left.
  const wrong = { identifier: user.username, password: `not ${user.password}` };
  const answer = await untilAdmitted(() => owner.submit(ownersForm, wrong));
  expect(answer.status).toBe(303);
  const where = { userId: user.id, type: "sign_in.failed" };
  expect(await portal.database.auditEvent.count({ where })).toBeLessThan(4);
  expect(await countAttempts()).toBe(await portal.database.auditEvent.count({ where }));
});
