import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { needs } from "../support/needs";
import { OwnInstallation } from "../support/own-server";

function readUids(pid: number): number[] {
  const [, uids = ""] = /^Uid:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return uids.split(/\s+/).map(Number);
}

/** The processes that a process has started, and those that these have. */
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

needs("root")("started by root", () => {
  const installation = new OwnInstallation();

  afterAll(() => installation.remove());

  test("the server and PostgreSQL are an ordinary user's, or the server says why not; commands work beside it", async () => {
    const server = await installation.start();
    const isRoot = readUids(server.pid).includes(0);
    expect(server.output().includes("Running as root: ")).toBe(isRoot);
    expect(readUids(installation.postmasterPid)).not.toContain(0);
    expect(statSync(".next").mode & 0o077).toBe(0);
    installation.createMachine();
    for (const name of ["secrets", "run"]) {
      expect(statSync(`${installation.dataDir}/${name}`).uid === 0).toBe(isRoot);
    }
    await server.stop();
  });

  test("nothing that the server has started stays root's, also where its TypeScript is translated anew", async () => {
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

  test("a port that only root may listen on is a reason to keep root, said in a line", async () => {
    const first = Number(readFileSync("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8"));
    const server = await installation.start({ env: { PORT: "987" } });
    const keepsRoot = first > 987;
    expect(server.output().includes("Running as root: only root may listen on port 987")).toBe(keepsRoot);
    expect(readUids(installation.postmasterPid)).not.toContain(0);
    await server.stop();
  });
});
