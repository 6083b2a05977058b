import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { needs } from "../support/needs";
import { OwnInstallation } from "../support/own-server";

const nobody = 65_534;

function readUids(pid: number): number[] {
  const [, uids = ""] = /^Uid:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return uids.split(/\s+/).map(Number);
}

/** The child processes of a process, and their children. */
function listDescendants(pid: number): number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [
          {
            pid: Number(name),
            parent: Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1]),
          },
        ];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
  const find = (parent: number): number[] =>
    parents.filter((process) => process.parent === parent).flatMap((process) => [process.pid, ...find(process.pid)]);
  return find(pid);
}

/** What the process with root finds out before the server drops root. */
async function askForUser(env: Record<string, string>): Promise<unknown> {
  const own = { ...process.env, DATABASE_URL: "", AUTH_SECRET: "", ...env };
  const child = fork("server/as-root.mjs", ["command"], { env: own, stdio: "pipe" });
  let outcome: unknown = null;
  let output = "";
  child.on("message", (message) => {
    outcome = message;
  });
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  await once(child, "close");
  if (outcome === null) throw new Error(output);
  return outcome;
}

needs("root")("started by root", () => {
  const installation = new OwnInstallation();

  afterAll(() => installation.remove());

  test("the server and PostgreSQL run as an unprivileged user, or the server says why not; commands work beside it", async () => {
    const server = await installation.start();
    const isRoot = readUids(server.pid).includes(0);
    expect(server.output().includes("Running as root: ")).toBe(isRoot);
    expect(readUids(installation.postmasterPid)).not.toContain(0);
    expect(statSync(".next").mode & 0o077).toBe(0);
    await installation.createMachine();
    for (const name of ["secrets", "run"]) {
      expect(statSync(`${installation.dataDir}/${name}`).uid === 0).toBe(isRoot);
    }
    await server.stop();
  });

  test("nothing that the server has started stays root's, even if its TypeScript has to be translated again", async () => {
    const temporary = mkdtempSync(path.join(tmpdir(), "latchkey-cold-"));
    chmodSync(temporary, 0o1777);
    const server = await installation.start({ env: { TMPDIR: temporary } });
    expect(readUids(server.pid)).not.toContain(0);
    const descendants = listDescendants(server.pid);
    expect(descendants).toContain(installation.postmasterPid);
    expect(descendants.filter((pid) => readUids(pid).includes(0))).toEqual([]);
    await server.stop();
    rmSync(temporary, { recursive: true, force: true });
  });

  test("a DATA_DIR whose folders are all missing is created, for the user that the server switches to", async () => {
    const dataDir = path.join(installation.dataDir, "new/deeper/data");
    const umask = process.umask(0o077);
    const starting = installation.start({ env: { DATA_DIR: dataDir } });
    const server = await starting.finally(() => process.umask(umask));
    expect(server.output()).not.toContain("Running as root");
    expect(readUids(server.pid)).not.toContain(0);
    expect(statSync(dataDir).uid).not.toBe(0);
    expect(statSync(path.dirname(dataDir)).uid).toBe(0);
    await server.stop();
  });

  test("a port that only root may listen on is a reason to keep root, reported in one line", async () => {
    const first = Number(readFileSync("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8"));
    const server = await installation.start({ env: { PORT: "987" } });
    const keepsRoot = first > 987;
    expect(server.output().includes("Running as root: only root may listen on port 987")).toBe(keepsRoot);
    expect(readUids(installation.postmasterPid)).not.toContain(0);
    await server.stop();
  });

  test("a password file that only root can read is a reason to keep root", async () => {
    const passwords = path.join(installation.dataDir, "pgpass");
    writeFileSync(passwords, "*:*:*:*:secret\n", { mode: 0o600 });
    const database = { DATABASE_URL: "postgresql://app@127.0.0.1:9/app", AUTH_SECRET: "a".repeat(32) };
    const keepsRoot = { reason: expect.stringMatching(/^the user with uid \d+ can't access .*\/pgpass$/) };
    expect(await askForUser({ ...database, PGPASSFILE: passwords })).toEqual(keepsRoot);
    const withPassword = { ...database, DATABASE_URL: "postgresql://app:secret@127.0.0.1:9/app" };
    expect(await askForUser({ ...withPassword, PGPASSFILE: passwords })).toEqual({ ids: expect.anything() });
    const withoutFile = { ...database, PGPASSFILE: path.join(installation.dataDir, "none") };
    expect(await askForUser(withoutFile)).toEqual({ ids: expect.anything() });
  });

  test("a DATA_DIR behind a link that root hasn't created is refused, and its target stays root's", async () => {
    const folder = path.join(installation.dataDir, "service");
    const target = path.join(installation.dataDir, "target");
    mkdirSync(folder);
    mkdirSync(target);
    symlinkSync(target, path.join(folder, "data"));
    chownSync(folder, nobody, nobody);
    await expect(askForUser({ DATA_DIR: path.join(folder, "data") })).rejects.toThrow("a symbolic link");
    expect(statSync(target).uid).toBe(0);
    const roots = mkdtempSync(path.join(tmpdir(), "latchkey-link-"));
    chmodSync(roots, 0o755);
    symlinkSync(folder, path.join(roots, "trusted"));
    const throughRootsLink = { DATA_DIR: path.join(roots, "trusted/own") };
    expect(await askForUser(throughRootsLink)).toEqual({ ids: expect.anything() });
    rmSync(roots, { recursive: true, force: true });
  });

  test("root never builds in another user's folder: a link in it leads nowhere", () => {
    const checkout = mkdtempSync(path.join(tmpdir(), "latchkey-build-"));
    chmodSync(checkout, 0o755);
    const target = path.join(checkout, "target");
    const nextProgram = path.join(checkout, "node_modules/next/dist/bin/next");
    for (const folder of [target, path.join(checkout, ".next"), path.dirname(nextProgram)]) {
      mkdirSync(folder, { recursive: true });
    }
    symlinkSync(path.resolve("server"), path.join(checkout, "server"));
    cpSync("tsconfig.json", path.join(checkout, "tsconfig.json"));
    cpSync("lib", path.join(checkout, "lib"), { recursive: true, filter: (file) => !file.endsWith("/generated") });
    for (const name of ["package-lock.json", "node_modules/.package-lock.json"]) {
      writeFileSync(path.join(checkout, name), JSON.stringify({ packages: {} }));
    }
    const write = 'const fs = require("fs"); fs.mkdirSync(".next/server", { recursive: true });';
    writeFileSync(nextProgram, `${write} fs.writeFileSync(".next/server/page.js", "");`);
    symlinkSync(target, path.join(checkout, ".next/server"));
    chownSync(path.join(checkout, ".next"), nobody, nobody);
    const script = `
      const { hashFiles, writeInto } = await import("./server/setup/files.mjs");
      const { prepare } = await import("./server/setup/prepare.mjs");
      writeInto("lib/db/generated/.made-from", hashFiles(["prisma/schema.prisma", "package-lock.json"]));
      await prepare({ build: true, report: () => {} });`;
    const args = ["--input-type=module", "--eval", script];
    expect(spawnSync(process.execPath, args, { cwd: checkout, encoding: "utf8" }).stderr).toBe("");
    expect(readdirSync(target)).toEqual([]);
    expect(lstatSync(path.join(checkout, ".next/server")).isDirectory()).toBe(true);
    rmSync(checkout, { recursive: true, force: true });
  });
});
