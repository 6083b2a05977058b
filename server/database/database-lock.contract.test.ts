import { afterEach, beforeEach, expect, test } from "vitest";
import { createPostgresClient, type PostgresClient } from "@/lib/db/postgres";
import { lockForTransaction } from "./database-lock";
import { migrate } from "./migrate";

const databaseUrl = process.env.TEST_DATABASE_URL ?? "";
const key = 8_150_001;

let clients: PostgresClient[];

beforeEach(async () => {
  clients = [createPostgresClient(databaseUrl), createPostgresClient(databaseUrl)];
  for (const client of clients) await client.connect();
});

afterEach(async () => {
  for (const client of clients) await client.end();
});

/** Begins a transaction and acquires the lock in it; `lines` collects what it reports meanwhile. */
function lock(client: PostgresClient | undefined, lines: string[], onReport = () => {}) {
  if (!client) throw new Error("There are two clients.");
  const report = (line: string) => {
    lines.push(line);
    onReport();
  };
  const wanted = { key, purpose: "migrate the database", databaseUrl, report, noticeAfter: 20 };
  return client.query("BEGIN").then(() => lockForTransaction(client, wanted));
}

test("a process that waits for the lock says what for, and who holds it", async () => {
  const [holder, waiter] = clients;
  const lines: string[] = [];
  await lock(holder, []);
  const { rows } = (await holder?.query("SELECT pg_backend_pid() AS pid")) ?? { rows: [] };
  await new Promise<void>((resolve, reject) => {
    const release = () => void holder?.query("COMMIT");
    lock(waiter, lines, release).then(resolve, reject);
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("Waiting for another process to migrate the database.");
  expect(lines[0]).toContain(`SELECT pg_terminate_backend(${rows[0]?.pid});`);
});

test("without a wait nothing is reported, and the lock ends with the transaction", async () => {
  const [holder, waiter] = clients;
  const lines: string[] = [];
  await lock(holder, lines);
  await holder?.query("ROLLBACK");
  await lock(waiter, lines);
  const { rows } = (await waiter?.query("SELECT current_setting('statement_timeout') AS limit")) ?? { rows: [] };
  expect(rows).toEqual([{ limit: "0" }]);
  expect(lines).toEqual([]);
});

test("with nothing to migrate there is no wait, whatever a pooled session still holds", async () => {
  const [holder] = clients;
  for (const stranded of [52824539, 72707369]) await holder?.query("SELECT pg_advisory_lock($1)", [stranded]);
  expect(await migrate(databaseUrl)).toEqual([]);
});
