import { rmSync } from "node:fs";
import { encode } from "next-auth/jwt";
import { OwnInstallation } from "@/e2e/support/own-server";
import { migrate } from "@/server/database/migrate";
import { acquirePostgres, findFreePort, makeTemporaryDataDir } from "@/server/postgres";
import { organisation, seededId, seedOrganisation } from "./seed-organisation";

/**
 * How long an administrator waits for the server, on an installation with 100,000 users: every list, search, page and
 * the first byte of every export, each asked for one after the other.
 */

const authSecret = "a secret of the bench, of thirty-two characters";
/** Milliseconds. */
const bar = 200;
const repetitions = 7;

export async function main() {
  const dataDir = makeTemporaryDataDir("latchkey-bench-admin-");
  const postgres = await acquirePostgres(dataDir);
  const installation = new OwnInstallation();
  try {
    await migrate(postgres.url);
    const { users, groups, applications } = organisation;
    console.error(`Filling the database with ${users} users, ${groups} groups and ${applications} applications …`);
    const database = new URL(postgres.adminUrl);
    database.pathname = new URL(postgres.url).pathname;
    await seedOrganisation(database.href, (line) => console.error(line));
    const publicUrl = `http://127.0.0.1:${await findFreePort()}`;
    const variables = { DATABASE_URL: postgres.url, AUTH_SECRET: authSecret, PUBLIC_URL: publicUrl };
    Object.assign(process.env, { ...variables, NODE_ENV: "production" });
    const env = { DATABASE_URL: postgres.url, AUTH_SECRET: authSecret, LOG_LEVEL: "error" };
    const { baseUrl } = await installation.start({ publicUrl, env });
    await measureAll(baseUrl);
  } finally {
    await installation.remove();
    await postgres.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureAll(base: string) {
  const cookie = await signInAdministrator();
  const ids = await findIds();
  const results = [];
  for (const [name, path] of await listPaths(base, cookie, ids)) {
    const times = [];
    for (let count = 0; count < repetitions; count++) times.push(await timeFirstByte(base, cookie, path));
    const sorted = times.toSorted((a, b) => a - b);
    results.push({ name, median: sorted[Math.floor(repetitions / 2)] ?? 0, worst: sorted.at(-1) ?? 0 });
  }
  const width = Math.max(...results.map(({ name }) => name.length));
  for (const { name, median, worst } of results) {
    const verdict = median < bar ? "" : "  above the bar";
    console.log(
      `${name.padEnd(width)}  ${median.toFixed(0).padStart(5)} ms  worst ${worst.toFixed(0).padStart(5)}${verdict}`,
    );
  }
  const slow = results.filter(({ median }) => median >= bar);
  console.log(`${results.length - slow.length} of ${results.length} under ${bar} ms`);
  if (slow.length > 0) process.exitCode = 1;
}

interface SeededIds {
  user: string;
  busiest: string;
  group: string;
  largestGroup: string;
  application: string;
  largestApplication: string;
}

async function findIds(): Promise<SeededIds> {
  const { getPrisma } = await import("@/lib/db/prisma");
  const wanted = {
    user: seededId("user", 60_007),
    busiest: seededId("user", 1),
    group: seededId("group", 17),
    largestGroup: seededId("group", 0),
    application: seededId("application", 17),
    largestApplication: seededId("application", 0),
  };
  const columns = Object.entries(wanted).map(([name, id]) => `${id}::text AS "${name}"`);
  const [found] = await getPrisma().$queryRawUnsafe<SeededIds[]>(`SELECT ${columns.join(", ")}`);
  if (!found) throw new Error("Nothing was seeded.");
  return found;
}

/** A session of a new administrator, who has just typed the password. */
async function signInAdministrator(): Promise<string> {
  const { getPrisma } = await import("@/lib/db/prisma");
  const { createSession } = await import("@/lib/auth/testing/create-session");
  const { hostCookieName, sealLifetime } = await import("@/lib/auth/cookies");
  const { currentTime } = await import("@/lib/clock");
  const { randomToken } = await import("@/lib/oauth/wire/digest");
  const name = { username: "bench", usernameKey: "bench", email: "bench@example.test", emailKey: "bench@example.test" };
  const data = { ...name, portalRole: "administrator" as const, isAdministrator: true };
  const { id } = await getPrisma().user.create({ data, select: { id: true } });
  // Everything that it could authorize, half of it with tokens.
  await getPrisma().$executeRaw`
    INSERT INTO consents (user_id, application_id, scopes, created_at, updated_at)
    SELECT ${id}::uuid, id, '{openid,profile}', now() - interval '1 day', now() FROM applications`;
  await getPrisma().$executeRaw`
    INSERT INTO token_families (id, application_id, user_id, code_hash, created_at, expires_at, last_used_at)
    SELECT gen_random_uuid(), id, ${id}::uuid, 'own-' || id, now(), now() + interval '1 day', now() FROM applications
    ORDER BY id LIMIT 5000`;
  const browserId = randomToken();
  const { token } = await createSession(id, { browserId, ipAddress: "127.0.0.1", userAgent: null }, currentTime());
  await getPrisma().session.updateMany({ where: { userId: id }, data: { passwordConfirmedAt: currentTime() } });
  const salt = hostCookieName("session");
  const sealed = await encode({ token: { sessionToken: token }, secret: authSecret, salt, maxAge: sealLifetime });
  return `${hostCookieName("browser")}=${browserId}; ${salt}=${sealed}`;
}

async function listPaths(base: string, cookie: string, ids: SeededIds): Promise<[string, string][]> {
  const user = `/admin/users/${ids.user}/`;
  const busiest = `/admin/users/${ids.busiest}/`;
  const largest = `/admin/groups/${ids.largestGroup}/`;
  const application = `/o/applications/${ids.application}/`;
  const searches = ["lindq", "maya lindqvist", "a", "ka", "zzzzqq", "maya.lindqvist7@example.com", "%", "ılma"];
  const lists: Record<string, string[]> = {
    "/admin/users/": [
      ...["name", "-name", "username", "-created", "-last_sign_in"].map((sort) => `sort=${sort}`),
      ..."status=disabled status=enabled role=none role=administrator emailVerified=no signIn=never".split(" "),
      "q=kowalska&status=disabled&sort=-created",
      "q=a&signIn=never&emailVerified=no&sort=-last_sign_in",
    ],
    "/admin/groups/": ["sort=-name", "sort=-created", "q=logistics", "q=o"],
    "/admin/invitations/": ["sort=email", "sort=-expires", "q=guest.77", "state=expired", "state=pending"],
    [`${largest}members/`]: ["sort=-added", "sort=username", "q=lindq", "q=a"],
    "/o/applications/": [
      ...["q=payroll", "q=a", "q=client-c4ca", "q=app-0.example.com/callback/77", "q=maya.lindqvist"],
      ..."sort=name sort=-name status=disabled status=active kind=none grant=client_credentials".split(" "),
      ..."use=never secret=soon secret=expired owner=none".split(" "),
      "q=portal&status=active&grant=authorization_code&sort=-name",
    ],
    "/o/apis/": ["sort=name", "q=ayrol", "q=a", "tokenFormat=jwt", "scope=read"],
    "/o/scopes/": ["sort=-name", "q=ayrol", "q=a", "access=restricted", "kind=openid", "kind=custom"],
    "/o/registration-tokens/": ["sort=label", "sort=-last_used", "q=ayrol", "q=a", "status=active", "status=used_up"],
    "/o/authorized_tokens/": ["sort=name", "q=ayrol", "q=a"],
    "/admin/messages/": ["state=sent", "state=waiting", "q=person.77%40example.com"],
  };
  const described: [string, string][] = [
    ["overview", "/"],
    ["user", user],
    ["user: security", `${user}security/`],
    ["user: groups", `${user}groups/`],
    ["user: sessions", `${user}sessions/`],
    ["user: applications", `${user}applications/`],
    ["user in 500 groups: groups", `${busiest}groups/`],
    ["user: before it is deleted", `${busiest}delete/`],
    ["group of 50,000", largest],
    ["group of 50,000: before it is deleted", `${largest}delete/`],
    ["group of 50,000: applications", `${largest}applications/`],
    ["group", `/admin/groups/${ids.group}/members/`],
    ["application", application],
    ["application: people", `${application}people/`],
    ["application with 500 redirect URIs", `/o/applications/${ids.largestApplication}/`],
    ["application with 500 redirect URIs: sign-in", `/o/applications/${ids.largestApplication}/sign-in/`],
    ...["payroll", "maya", "a", "zzzzqq", "client-c4ca4238a0b923820dcc509a6f75849b"].map((q): [string, string] => [
      `search for ${q}`,
      `/admin/search/results?${new URLSearchParams({ q })}`,
    ]),
    ["export of APIs", "/o/apis/export/file?format=csv"],
    ["export of scopes", "/o/scopes/export/file?format=json"],
    ["export of initial access tokens", "/o/registration-tokens/export/file?format=csv"],
    ["export of users, CSV", "/admin/users/export/file?format=csv"],
    ["export of users, JSON", "/admin/users/export/file?format=json"],
    ["export of users, with hashes", "/admin/users/export/file?format=json&hashes=1"],
    ["export of applications, CSV", "/o/applications/export/file?format=csv"],
  ];
  for (const [path, queries] of Object.entries(lists)) {
    const name = path.includes(ids.largestGroup) ? "members of the largest group" : path;
    described.push([name, path]);
    if (path === "/admin/users/") queries.push(...searches.map((q) => new URLSearchParams({ q }).toString()));
    for (const query of queries) described.push([`${name} ?${decodeURIComponent(query)}`, `${path}?${query}`]);
    described.push([`${name}, tenth page`, await findPage(base, cookie, path, 10)]);
  }
  return described;
}

/** Follows the links to later pages. */
async function findPage(base: string, cookie: string, path: string, number: number): Promise<string> {
  let current = path;
  for (let page = 1; page < number; page++) {
    const text = await (await fetch(base + current, { headers: { cookie } })).text();
    const [, next] = /href="([^"]*[?&;]after=[^"]*)"/.exec(text) ?? [];
    if (!next) return current;
    current = new URL(next.replaceAll("&amp;", "&"), base + current).href.slice(base.length);
  }
  return current;
}

async function timeFirstByte(base: string, cookie: string, path: string): Promise<number> {
  const start = performance.now();
  const response = await fetch(base + path, { headers: { cookie }, redirect: "manual" });
  const reader = response.body?.getReader();
  await reader?.read();
  const time = performance.now() - start;
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  // A page has to be complete; of an export, the first byte counts.
  if (path.includes("/export/")) {
    await reader?.cancel();
    return time;
  }
  while (!(await reader?.read())?.done);
  return performance.now() - start;
}
