import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { acquirePostgres } from "../../server/postgres";
import { lockFile } from "../../server/setup/lock.mjs";
import { findFreePort, OwnInstallation } from "../support/own-server";
import { waitFor } from "../support/wait-for";

const installation = new OwnInstallation();
const { dataDir } = installation;

afterAll(() => installation.remove());

/** A server that can't start, so that the test sees how it handles a signal meanwhile. */
async function begin() {
  const port = String(await findFreePort());
  const env = { ...process.env, DATABASE_URL: "", AUTH_SECRET: "", DATA_DIR: dataDir, PORT: port, PUBLIC_URL: "" };
  const child = spawn(process.execPath, ["server/start.mjs"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return {
    readOutput: () => output,
    /** @returns its exit code */
    async end(): Promise<number | null> {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const tooLate = setTimeout(() => child.kill("SIGKILL"), 5000);
      const [code] = await ended;
      clearTimeout(tooLate);
      return code;
    },
  };
}

test("a start that waits for another says so, and ends on a signal", async () => {
  mkdirSync(path.join(dataDir, "run"), { recursive: true });
  const turn = await lockFile(path.join(dataDir, "run/turn"));
  const server = await begin();
  const says = async () => server.readOutput().includes("Waiting for another process that creates, starts or stops");
  await waitFor("a line about the wait", says, { timeout: 30_000 });
  expect(await server.end()).toBe(0);
  expect(server.readOutput()).toContain("Stopping");
  turn?.release();
});

test("a start that waits for its PostgreSQL says so, and ends on a signal", async () => {
  const lease = await acquirePostgres(dataDir);
  process.kill(installation.postmasterPid, "SIGSTOP");
  try {
    await expectEndWhileWaiting();
  } finally {
    process.kill(installation.postmasterPid, "SIGCONT");
  }
  const postmasterFile = path.join(dataDir, "postgres/postmaster.pid");
  const content = readFileSync(postmasterFile, "utf8");
  writeFileSync(postmasterFile, content.replace("ready", "stopping"));
  await expectEndWhileWaiting();
  writeFileSync(postmasterFile, content);
  await lease.release();
});

async function expectEndWhileWaiting() {
  const server = await begin();
  const says = async () => server.readOutput().includes("Waiting for PostgreSQL to accept connections");
  await waitFor("a line about the wait", says, { timeout: 30_000 });
  expect(await server.end()).toBe(0);
  expect(server.readOutput()).toContain("Stopping");
}
