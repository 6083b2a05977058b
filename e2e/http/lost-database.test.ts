import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { createPrismaClient, type PrismaClient } from "@/lib/db/client";
import { DatabaseGate } from "../support/database-gate";
import { type Answer, send } from "../support/http";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import type { Portal, TestApplication } from "../support/portal";
import { credentialsOf, getResource, parseJson, requestToken } from "../support/token-client";
import { test } from "../support/vitest";
import { waitFor } from "../support/wait-for";

/** RFC 9110 §15.6.4: the database can disappear silently, and every request still gets an answer. */

/** Milliseconds after the network returns in which the server has to recover. */
const recovery = 10_000;
/** Milliseconds in which every request has to be answered: for a connection, and for the answer to one query on it. */
const longestWait = 15_000;

/** For connections of this server only. */
const name = `lost-database-${process.pid}`;
const gate = new DatabaseGate();
const installation = new OwnInstallation();
let server: OwnServer;

beforeAll(async () => {
  await gate.open();
  const DATABASE_URL = gate.url({ application_name: name });
  server = await installation.start({ env: { DATABASE_URL, AUTH_SECRET: process.env.AUTH_SECRET ?? "" } });
});

afterEach(() => {
  gate.thaw();
  gate.restore();
});

afterAll(async () => {
  await installation.remove();
  await gate.close();
});

function askForToken(machine: TestApplication) {
  return requestToken({ grant_type: "client_credentials", ...credentialsOf(machine) }, { base: server.baseUrl });
}

function read(accessToken: string): Promise<Answer> {
  return getResource(accessToken, { base: server.baseUrl });
}

/** One request of each kind: a read, a statement that stores, transactions, pages. */
function askAll(machine: TestApplication, accessToken: string): Promise<Answer>[] {
  const ask = (path: string) => send("GET", path, { base: server.baseUrl });
  const authorize = `/o/authorize/?client_id=${machine.clientId}&response_type=code`;
  const wrong = { ...machine, clientSecret: "wrong" };
  return [read(accessToken), askForToken(machine), askForToken(wrong), ask("/login"), ask(authorize)];
}

async function statuses(answers: Promise<Answer>[]): Promise<number[]> {
  return (await Promise.all(answers)).map(({ status }) => status);
}

/** Makes all connections of the pool used and then idle. */
async function open(machine: TestApplication): Promise<string> {
  const [answer] = await Promise.all(Array.from({ length: 24 }, () => askForToken(machine)));
  if (!answer) throw new Error("There is no answer.");
  expect(answer.status).toBe(200);
  return answer.accessToken;
}

async function expectRecovery(machine: TestApplication, accessToken: string): Promise<void> {
  const isWell = async () => (await read(accessToken)).status === 200;
  await waitFor("an answer after the network's return", isWell, { timeout: recovery });
  const answers = Array.from({ length: 8 }, () => askAll(machine, accessToken)).flat();
  expect(await statuses(answers)).toEqual(Array.from({ length: 8 }, () => [200, 200, 401, 200, 400]).flat());
}

test("connections that died silently are given up, and new ones answer within ten seconds", async ({ portal }) => {
  const machine = await portal.createMachine();
  const accessToken = await open(machine);
  gate.forget();
  await expectRecovery(machine, accessToken);
});

const losses = {
  "swallows every packet": { begin: () => gate.swallow(), end: () => gate.restore() },
  "is frozen": { begin: () => gate.freeze(), end: () => gate.thaw() },
};

for (const [what, { begin, end }] of Object.entries(losses)) {
  test(`while the database ${what}, every request is answered with 503 in time, and keys are published`, async ({
    portal,
  }) => {
    const machine = await portal.createMachine();
    const accessToken = await open(machine);
    // From another network, because the front lets at most 48 requests of one wait.
    const askForKeys = () => send("GET", "/o/.well-known/jwks.json", { base: server.baseUrl, from: "127.0.0.2" });
    await askForKeys();
    begin();
    const started = performance.now();
    const asked = Array.from({ length: 12 }, () => askAll(machine, accessToken)).flat();
    expect((await askForKeys()).status).toBe(200);
    expect(new Set(await statuses(asked))).toEqual(new Set([503]));
    expect(performance.now() - started).toBeLessThan(longestWait);
    end();
    await expectRecovery(machine, accessToken);
  });
}

/** Terminates the server's connections that wait for a lock, as soon as there are some. */
async function breakWaiting(portal: Portal): Promise<void> {
  await waitFor("a query that waits for a lock", async () => {
    const ended = await portal.database.$queryRaw<unknown[]>`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = ${name} AND wait_event_type = 'Lock'`;
    return ended.length > 0;
  });
}

test("a read whose connection is lost is repeated, once", async ({ portal }) => {
  const machine = await portal.createMachine();
  const accessToken = await open(machine);
  const answer = await portal.database.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE token_families IN ACCESS EXCLUSIVE MODE`;
    const reading = read(accessToken);
    await breakWaiting(portal);
    return { reading };
  });
  expect((await answer.reading).status).toBe(200);
});

test("what stores something is not repeated: 503, and nothing is stored", async ({ portal }) => {
  const machine = await portal.createMachine();
  const asked = await portal.database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM applications WHERE id = ${machine.id}::uuid FOR UPDATE`;
    const asking = askForToken(machine);
    await breakWaiting(portal);
    return { asking };
  });
  const { status, headers, text } = await asked.asking;
  expect([status, headers["retry-after"], parseJson(text).error]).toEqual([503, "5", "temporarily_unavailable"]);
  expect(await portal.database.accessToken.count({ where: { applicationId: machine.id } })).toBe(0);
});

test("a statement that waits too long ends in the database before its caller gets the error, so nothing happens later", async ({
  portal,
}) => {
  const machine = await portal.createMachine();
  const status = await portal.database.$transaction(
    async (tx) => {
      // It holds the lock longer than our own transactions may be idle.
      await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = '30s'`;
      await tx.$executeRaw`SELECT 1 FROM applications WHERE id = ${machine.id}::uuid FOR UPDATE`;
      return (await askForToken(machine)).status;
    },
    { timeout: 30_000 },
  );
  expect(status).toBe(503);
  expect((await askForToken(machine)).status).toBe(200);
  expect(await portal.database.accessToken.count({ where: { applicationId: machine.id } })).toBe(1);
});

/**
 * What a separate client behind the gate has stored in a table after the network is back and its sessions have ended.
 */
async function countStored(portal: Portal, store: (client: PrismaClient, table: string) => Promise<unknown>) {
  const table = `late_${process.pid}`;
  const application_name = `${name}-late`;
  const client = createPrismaClient(gate.url({ application_name }));
  await portal.database.$executeRawUnsafe(`CREATE TABLE ${table} (value text)`);
  try {
    await expect(store(client, table)).rejects.toThrow();
    gate.thaw();
    await waitFor("the end of the sessions", async () => {
      const sessions = await portal.database.$queryRaw<unknown[]>`
        SELECT pid FROM pg_stat_activity WHERE application_name = ${application_name}`;
      return sessions.length === 0;
    });
    const rows = await portal.database.$queryRawUnsafe<unknown[]>(`SELECT FROM ${table}`);
    return rows.length;
  } finally {
    gate.thaw();
    await client.$disconnect();
    await portal.database.$executeRawUnsafe(`DROP TABLE ${table}`);
  }
}

test("a COMMIT that arrives after its caller got the error stores nothing", async ({ portal }) => {
  const stored = await countStored(portal, (client, table) =>
    client.$transaction(async (tx) => {
      await tx.$executeRawUnsafe(`INSERT INTO ${table} VALUES ('late')`);
      gate.freeze();
    }),
  );
  expect(stored).toBe(0);
});

test("what hasn't arrived when its caller gets the error isn't sent anymore", async ({ portal }) => {
  // More than the other end accepts while it is frozen: the rest waits in this machine's kernel.
  const long = "x".repeat(500_000);
  const stored = await countStored(portal, async (client, table) => {
    await client.$queryRaw`SELECT 1`;
    gate.freeze();
    await client.$executeRawUnsafe(`INSERT INTO ${table} VALUES ($1)`, long);
  });
  expect(stored).toBe(0);
});
