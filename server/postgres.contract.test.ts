import { execFileSync, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createPostgresClient } from "@/lib/db/postgres";
import { migrate } from "./database/migrate";
import { acquirePostgres, makeTemporaryDataDir } from "./postgres";
import { isAlive } from "./setup/process-identity.mjs";

let dataDir: string;

beforeAll(() => {
  // Characters with a meaning in a shell, a PostgreSQL list or a URL.
  dataDir = makeTemporaryDataDir("latchkey, $HOME`id`'\"#%41;@ü ");
});

afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

function readPostmasterPid(directory = dataDir): number {
  return Number(readFileSync(path.join(directory, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = createPostgresClient(url);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows.flat();
  } finally {
    await client.end();
  }
}

async function waitUntil(isTrue: () => Promise<boolean>, milliseconds: number) {
  const deadline = Date.now() + milliseconds;
  while (!(await isTrue().catch(() => false))) {
    if (Date.now() > deadline) throw new Error("It did not become true in time.");
    await sleep(50);
  }
}

/** TCP ports that a process listens on, found through its network namespace and open files. */
function countTcpListeners(pid: number): number {
  const sockets = execFileSync("ls", ["-l", `/proc/${pid}/fd`], { encoding: "utf8" }).match(/(?<=socket:\[)\d+/g) ?? [];
  const listening = ["tcp", "tcp6"].flatMap((name) =>
    readFileSync(`/proc/${pid}/net/${name}`, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === "0A")
      .map((fields) => fields[9]),
  );
  return sockets.filter((inode) => listening.includes(inode)).length;
}

/** A process that holds its own lease, like the server or a command. */
async function startLeaseHolder() {
  const script = `
    import { importTypeScript } from "./server/setup/import-typescript.mjs";
    const { acquirePostgres } = await importTypeScript("server/postgres.ts");
    const lease = await acquirePostgres(${JSON.stringify(dataDir)});
    console.log(lease.url);
    process.stdin.resume().once("end", async () => { await lease.release(); process.exit(); });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const url = await new Promise<string>((resolve) => child.stdout.once("data", (line) => resolve(String(line).trim())));
  return { url, kill: () => child.kill("SIGKILL"), leave: () => child.stdin.end(), ended };
}

test("several holders share one PostgreSQL; the last one to leave stops it", async () => {
  const [first, second] = await Promise.all([acquirePostgres(dataDir), acquirePostgres(dataDir)]);
  const other = await startLeaseHolder();
  expect([second.url, other.url]).toEqual([first.url, first.url]);
  const pid = readPostmasterPid();
  await first.release();
  await second.release();
  expect(await query(other.url, "SELECT current_user")).toEqual(["latchkey"]);
  other.leave();
  expect(await other.ended).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test("the application's role is not a superuser, and the database requires its password", async () => {
  const lease = await acquirePostgres(dataDir);
  try {
    expect(await query(lease.url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).toEqual([false]);
    const withoutPassword = new URL(lease.url);
    withoutPassword.password = "guess";
    await expect(query(withoutPassword.href, "SELECT 1")).rejects.toThrow("password authentication failed");
    expect(await query(lease.url, "SELECT current_setting('fsync') || current_setting('synchronous_commit')")).toEqual([
      "onon",
    ]);
  } finally {
    await lease.release();
  }
});

test("a killed holder neither keeps PostgreSQL running forever nor blocks the next one", async () => {
  const holder = await startLeaseHolder();
  const pid = readPostmasterPid();
  holder.kill();
  await holder.ended;
  const lease = await acquirePostgres(dataDir);
  expect(readPostmasterPid()).toBe(pid);
  await lease.release();
  expect(isAlive(pid)).toBe(false);
});

test("PostgreSQL listens only on a socket in a folder that is closed to other users", async () => {
  const lease = await acquirePostgres(dataDir);
  try {
    expect(await query(lease.url, "SHOW listen_addresses")).toEqual([""]);
    const [directory = ""] = (await query(lease.adminUrl, "SHOW unix_socket_directories")).map(String);
    const socketDir = directory.slice(1, -1).replaceAll('""', '"');
    expect(decodeURIComponent(new URL(lease.url).hostname)).toBe(socketDir);
    expect(statSync(socketDir).mode & 0o777).toBe(0o700);
    if (process.platform === "linux") expect(countTcpListeners(readPostmasterPid())).toBe(0);
  } finally {
    await lease.release();
  }
});

test("a DATA_DIR whose path is too long for a socket works, and leaves no folder behind", async () => {
  const deep = path.join(dataDir, "d".repeat(60), "e".repeat(60));
  mkdirSync(deep, { recursive: true });
  const lease = await acquirePostgres(deep);
  const socketDir = decodeURIComponent(new URL(lease.url).hostname);
  expect(statSync(socketDir).mode & 0o777).toBe(0o700);
  expect(await query(lease.url, "SELECT 1")).toEqual([1]);
  const second = await acquirePostgres(deep);
  expect(second.url).toBe(lease.url);
  process.kill(readPostmasterPid(deep), "SIGKILL");
  await waitUntil(async () => (await query(lease.url, "SELECT 1")).length === 1, 20_000);
  await Promise.all([lease.release(), second.release()]);
  expect(() => readdirSync(socketDir)).toThrow("ENOENT");
});

test("if TMPDIR has vanished, the socket of a long path is under /tmp", async () => {
  const deep = path.join(dataDir, "f".repeat(60), "g".repeat(60));
  mkdirSync(deep, { recursive: true });
  vi.stubEnv("TMPDIR", path.join(dataDir, "vanished"));
  const lease = await acquirePostgres(deep);
  expect(decodeURIComponent(new URL(lease.url).hostname)).toMatch(/^\/tmp\/latchkey-socket-/);
  expect(await query(lease.url, "SELECT 1")).toEqual([1]);
  await lease.release();
  vi.unstubAllEnvs();
});

test("of twelve concurrent starts, one starts PostgreSQL and all use it", async () => {
  const holders = await Promise.all(Array.from({ length: 12 }, startLeaseHolder));
  expect(new Set(holders.map(({ url }) => url)).size).toBe(1);
  const pid = readPostmasterPid();
  const starts = readFileSync(path.join(dataDir, "postgres.log"), "utf8").split("starting PostgreSQL").length;
  for (const holder of holders.slice(1)) holder.kill();
  await Promise.all(holders.slice(1).map(({ ended }) => ended));
  expect(isAlive(pid)).toBe(true);
  holders[0]?.leave();
  await holders[0]?.ended;
  expect(isAlive(pid)).toBe(false);
  expect(readFileSync(path.join(dataDir, "postgres.log"), "utf8").split("starting PostgreSQL").length).toBe(starts);
});

test("a killed PostgreSQL comes back at the same address", async () => {
  const lease = await acquirePostgres(dataDir);
  const pid = readPostmasterPid();
  process.kill(pid, "SIGKILL");
  await waitUntil(async () => (await query(lease.url, "SELECT 1")).length === 1 && readPostmasterPid() !== pid, 20_000);
  await lease.release();
});

test("starts although the holder and PostgreSQL were killed together", async () => {
  const holder = await startLeaseHolder();
  const pid = readPostmasterPid();
  holder.kill();
  process.kill(pid, "SIGKILL");
  await holder.ended;
  const lease = await acquirePostgres(dataDir);
  expect(await query(lease.url, "SELECT 1")).toEqual([1]);
  await lease.release();
});

test("while the lock is free, a process named in a stale postmaster.pid is neither joined nor stopped", async () => {
  await (await acquirePostgres(dataDir)).release();
  const file = openSync(path.join(dataDir, "postgres/PG_VERSION"), "r");
  const other = spawn(process.execPath, ["--eval", "process.stdin.resume()"], {
    argv0: "postgres",
    stdio: ["pipe", "ignore", "inherit", file],
  });
  const ended = new Promise((resolve) => other.on("close", (code) => resolve(code)));
  closeSync(file);
  const stale = [
    other.pid,
    path.join(dataDir, "postgres"),
    0,
    5432,
    path.join(dataDir, "run/postgres"),
    "",
    "",
    "ready",
  ];
  writeFileSync(path.join(dataDir, "postgres/postmaster.pid"), `${stale.join("\n")}\n`);
  const lease = await acquirePostgres(dataDir);
  expect(await query(lease.url, "SELECT 1")).toEqual([1]);
  await lease.release();
  other.stdin?.end();
  expect(await ended).toBe(0);
}, 60_000);

test("eight processes that migrate an empty database at the same time apply each migration once", async () => {
  const lease = await acquirePostgres(dataDir);
  try {
    const applied = await Promise.all(Array.from({ length: 8 }, () => migrate(lease.url)));
    const names = applied.flat();
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    expect(await query(lease.url, "SELECT migration_name FROM _prisma_migrations ORDER BY 1")).toEqual(
      names.toSorted(),
    );
    expect(await migrate(lease.url)).toEqual([]);
  } finally {
    await lease.release();
  }
});

test("the cluster is closed to other users", () => {
  expect(execFileSync("ls", ["-l", dataDir], { encoding: "utf8" })).toMatch(/^drwx------.* postgres$/m);
  expect(execFileSync("ls", ["-l", path.join(dataDir, "secrets")], { encoding: "utf8" })).toMatch(/^-rw-------/m);
});
