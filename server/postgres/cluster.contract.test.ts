import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acquirePostgres, makeTemporaryDataDir } from "../postgres";
import { lockFile } from "../setup/lock.mjs";
import { Cluster } from "./cluster";

let dataDir: string;
let cluster: Cluster;

beforeAll(async () => {
  dataDir = makeTemporaryDataDir("latchkey-cluster-");
  await (await acquirePostgres(dataDir)).release();
  cluster = new Cluster(dataDir);
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test("a PostgreSQL that is still starting when a signal arrives is stopped again", async () => {
  const lock = await lockFile(cluster.lockedFile);
  if (!lock) throw new Error("It is locked.");
  const reason = new Error("a signal");
  await expect(cluster.start(lock, AbortSignal.abort(reason))).rejects.toBe(reason);
  lock.release();
  const free = await lockFile(cluster.lockedFile);
  expect(free).not.toBeNull();
  free?.release();
});

test("a link in place of the log leads nowhere: a server that keeps root would write to it", async () => {
  const target = path.join(dataDir, "target");
  const log = path.join(dataDir, "postgres.log");
  writeFileSync(target, "");
  const { uid } = statSync(target);
  rmSync(log, { force: true });
  symlinkSync(target, log);
  await (await acquirePostgres(dataDir)).release();
  expect(readFileSync(target, "utf8")).toBe("");
  expect(statSync(target).uid).toBe(uid);
  expect(readFileSync(log, "utf8")).toContain("database system is ready");
});

test("a PostgreSQL stuck between starting and stopping isn't waited for indefinitely", async () => {
  const lease = await acquirePostgres(dataDir);
  const file = path.join(dataDir, "postgres/postmaster.pid");
  const content = readFileSync(file, "utf8");
  writeFileSync(file, content.replace("ready", "stopping"));
  await expect(cluster.findRunning({ timeout: 100 })).rejects.toThrow(
    /^PostgreSQL \(process \d+\) in .* has been starting or stopping for 0 seconds\./,
  );
  const waiting = new AbortController();
  const joining = acquirePostgres(dataDir, { signal: waiting.signal });
  waiting.abort();
  await expect(joining).rejects.toThrow("aborted");
  writeFileSync(file, content);
  await lease.release();
});
