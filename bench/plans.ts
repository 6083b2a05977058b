import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { migrate } from "@/server/database/migrate";
import { acquirePostgres, makeTemporaryDataDir } from "@/server/postgres";
import { fillTables } from "./fill-tables";

/**
 * Shows how PostgreSQL plans the hot statements on large tables: fills a separate database, runs the real stores with
 * `auto_explain` and writes the logged plans to docs/plans.md. Fails if one reads a whole large table.
 */

const output = "docs/plans.md";
/** Tables that stay small, for which a sequential scan is the right plan. */
const smallTables = ["api_resource_servers", "client_secrets", "redirect_uris", "applications"];

interface Operation {
  name: string;
  run(): Promise<unknown>;
}

export async function main() {
  const dataDir = makeTemporaryDataDir("latchkey-plans-");
  const postgres = await acquirePostgres(dataDir);
  try {
    await migrate(postgres.url);
    const database = new URL(postgres.adminUrl);
    database.pathname = new URL(postgres.url).pathname;
    console.error("Filling the tables …");
    const rows = await fillTables(database.href);
    Object.assign(process.env, { DATABASE_URL: postgres.url, AUTH_SECRET: "x".repeat(40), NODE_ENV: "production" });
    const log = path.join(dataDir, "postgres.log");
    const sections = [];
    for (const operation of await listOperations()) {
      const from = statSync(log).size;
      await operation.run();
      sections.push({ name: operation.name, plans: readPlans(readFileSync(log).subarray(from).toString()) });
    }
    writeFileSync(output, format(rows, sections));
    console.error(`Wrote ${output}`);
    const whole = sections.filter(({ plans }) => plans.some(readsWholeTable));
    for (const { name } of whole) console.error(`Reads a whole table: ${name}`);
    if (whole.length > 0) process.exitCode = 1;
    const { getPrisma } = await import("@/lib/db/prisma");
    await getPrisma().$disconnect();
  } finally {
    await postgres.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function listOperations(): Promise<Operation[]> {
  const { currentSettings } = await import("@/lib/current-settings");
  const { createPrismaStores } = await import("@/lib/db/oauth-store");
  const { deleteExpiredRows } = await import("@/lib/db/expired-rows");
  const { getPrisma } = await import("@/lib/db/prisma");
  const { buildEvent, buildIssued, buildSuccessors } = await import("@/lib/oauth/testing/builders");
  const { findSession } = await import("@/lib/auth/session-store");
  const prisma = getPrisma();
  const stores = createPrismaStores(prisma, currentSettings());
  const { expireSessions, endSessions } = await import("@/lib/db/oauth/end-sessions");
  const { createLogoutQueue } = await import("@/lib/db/oauth/logout-deliveries");
  const queue = createLogoutQueue(prisma, currentSettings);
  const [code, refresh, access, session] = await Promise.all([
    prisma.authorizationCode.findUniqueOrThrow({ where: { codeHash: "fresh-1" } }),
    prisma.refreshToken.findFirstOrThrow({ include: { family: true } }),
    prisma.accessToken.findFirstOrThrow(),
    prisma.session.findFirstOrThrow({ where: { expiresAt: { gt: new Date() } } }),
  ]);
  const { systemContext, userActor } = await import("@/lib/services/context");
  const { listUsers } = await import("@/lib/services/users/manage/list-users");
  const system = systemContext();
  const { name } = await prisma.user.findFirstOrThrow({ select: { name: true } });
  const { next } = await listUsers(system, { sort: "-last_sign_in" });
  const { listApis } = await import("@/lib/services/apis/list-apis");
  const { listScopeUsage } = await import("@/lib/services/scopes/list-scope-usage");
  const { listInitialAccessTokens } = await import("@/lib/services/registrations/list-initial-access-tokens");
  const { listAuthorizations } = await import("@/lib/services/authorizations/list-authorizations");
  const { id: apiId, name: apiName } = await prisma.api.findFirstOrThrow({ select: { id: true, name: true } });
  const person = { ...system, actor: userActor({ id: access.userId ?? "", portalRole: null }) };
  const now = new Date();
  const yesterday = new Date(now.getTime() - 86_400_000);
  const attempt = [["client x from 192.0.2.1", { limit: 30, window: 300 }]] as const;
  return [
    { name: "Find a client", run: () => stores.clients.find("client-7") },
    { name: "Find an authorization code", run: () => stores.codes.find(code.codeHash) },
    { name: "Redeem an authorization code", run: () => stores.codes.redeem(code.codeHash, buildIssued(code)) },
    { name: "Find an access token", run: () => stores.tokens.findAccessToken(access.tokenHash) },
    { name: "Find a refresh token", run: () => stores.tokens.findRefreshToken(refresh.tokenHash) },
    {
      name: "Rotate a refresh token",
      run: () => stores.tokens.rotate(refresh.tokenHash, buildSuccessors(refresh.family, now)),
    },
    {
      name: "Revoke a family",
      run: () => stores.tokens.revokeFamily(refresh.familyId, now, "token_revoked", buildEvent()),
    },
    { name: "Find a remembered consent", run: () => stores.consents.find(access.userId ?? "", access.applicationId) },
    { name: "Find a session", run: () => findSession("a token", "a browser", now) },
    {
      name: "Whether a session is an application's",
      run: () => stores.consents.isUsedInSession(session.id, access.applicationId),
    },
    { name: "Find what can be said of a person", run: () => stores.users.findClaims(session.userId) },
    { name: "Find a pairwise subject", run: () => stores.subjects.findOrCreate(session.userId, "sector-0") },
    { name: "End a session", run: () => prisma.$transaction((tx) => endSessions(tx, { id: session.id }, now)) },
    {
      name: "End lapsed sessions",
      run: () => prisma.$transaction((tx) => expireSessions(tx, { idleSince: yesterday, limit: 100 }, now)),
    },
    { name: "Take logout tokens to deliver", run: () => queue.take({ limit: 32, except: [], retries: true }) },
    { name: "Use a jti", run: () => stores.usedJtis.use("a jti", now) },
    { name: "Ask for the wait of a client", run: () => stores.attempts.wait(attempt, now) },
    { name: "Count a failed attempt", run: () => stores.attempts.count(attempt, now) },
    { name: "List users by name", run: () => listUsers(system) },
    {
      name: "List the next users by their last sign-in",
      run: () => listUsers(system, { sort: "-last_sign_in", after: next ?? "" }),
    },
    { name: "Search for a part of a name", run: () => listUsers(system, { q: name?.slice(2, 6) ?? "" }) },
    { name: "Search for what many have", run: () => listUsers(system, { q: "example" }) },
    { name: "Search for a letter", run: () => listUsers(system, { q: "a" }) },
    { name: "List disabled users", run: () => listUsers(system, { status: "disabled" }) },
    { name: "List APIs", run: () => listApis(system) },
    { name: "Search for a part of an API's name", run: () => listApis(system, { q: apiName.slice(2, 6) }) },
    { name: "List APIs with a scope", run: () => listApis(system, { scope: "scope:77" }) },
    { name: "List scopes and where they are used", run: () => listScopeUsage(system) },
    { name: "Search for a part of a scope's description", run: () => listScopeUsage(system, { q: "12ab" }) },
    { name: "List the scopes of an API", run: () => listScopeUsage(system, { api: apiId }) },
    {
      name: "List initial access tokens by their last use",
      run: () => listInitialAccessTokens(system, { sort: "-last_used" }),
    },
    { name: "List active initial access tokens", run: () => listInitialAccessTokens(system, { status: "active" }) },
    { name: "Search for a part of a label", run: () => listInitialAccessTokens(system, { q: "12ab" }) },
    { name: "List what a user has authorized", run: () => listAuthorizations(person, { q: "pplic" }) },
    { name: "Delete a batch of ended rows", run: () => deleteExpiredRows("used_jtis", currentSettings()) },
  ];
}

/** The plans in a piece of the log, without their statements, which are in lib/db. */
function readPlans(log: string): string[] {
  return (
    log
      .split(/^(?=.*LOG: {2}duration: )/m)
      .filter((entry) => entry.includes("Query Text:"))
      .map((entry) => {
        const lines = entry.split("\n").map((line) => line.replace(/^\t/, ""));
        const start = lines.findIndex((line) => /\((cost|actual)[ =]/.test(line));
        return lines
          .slice(start)
          .filter((line) => /^\s*(->|CTE|InitPlan|SubPlan|\w[^:]*\(cost)/.test(line))
          .map((line) => line.replace(/ \(cost=\S+ rows=\d+ width=\d+\)/, "").replace(/\.00 loops/, " loops"))
          .join("\n");
      })
      // A statement that was only explained, for the estimate of a count, has read nothing.
      .filter((plan) => plan.includes("(actual "))
  );
}

function readsWholeTable(plan: string): boolean {
  return [...plan.matchAll(/Seq Scan on (\w+)/g)].some(([, table = ""]) => !smallTables.includes(table));
}

function format(rows: Map<string, number>, sections: { name: string; plans: string[] }[]): string {
  const counts = [...rows].filter(([, count]) => count >= 1000).map(([name, count]) => `| \`${name}\` | ${count} |`);
  return [
    "# Plans of the hot statements",
    "",
    "Written by `npm run bench -- plans`, which fills a PostgreSQL of its own, runs the stores and reads the plans that PostgreSQL logged. Each step finds",
    "its rows by an index, so no cost grows with the table; the command fails where one would read a whole table.",
    "",
    "| Table | Rows |",
    "| --- | --- |",
    ...counts,
    ...sections.flatMap(({ name, plans }) => ["", `## ${name}`, ...plans.flatMap((plan) => ["", "```", plan, "```"])]),
    "",
  ].join("\n");
}
