import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { findFreePort } from "../support/own-server";
import { waitFor } from "../support/wait-for";

const directory = mkdtempSync(path.join(tmpdir(), "latchkey-hang-up-"));
const groups: number[] = [];

afterAll(() => {
  for (const group of groups) signal(group, "SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

function signal(group: number, name: NodeJS.Signals) {
  try {
    process.kill(-group, name);
  } catch {
    // It has ended.
  }
}

/** As a terminal starts it: bash, npm, a shell and the server in one process group. */
async function start(command: string) {
  const port = await findFreePort();
  const log = path.join(directory, `${port}.log`);
  const output = openSync(log, "a");
  const env = { ...process.env, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
  const child = spawn("bash", ["-c", command], { env, detached: true, stdio: ["ignore", output, output] });
  const group = child.pid ?? 0;
  groups.push(group);
  const ended = new Promise((resolve) => child.on("close", resolve));
  await waitFor("a server", async () => readFileSync(log, "utf8").includes("Stop:   Ctrl-C"), { timeout: 40_000 });
  const answers = async () => (await fetch(`http://127.0.0.1:${port}/login`).catch(() => null))?.status === 200;
  return { group, ended, answers, readLog: () => readFileSync(log, "utf8") };
}

test("a hang-up that nohup has ignored stays ignored, through npm and a shell", async () => {
  const server = await start("nohup npm start");
  signal(server.group, "SIGHUP");
  // npm has ended with it.
  await server.ended;
  expect(await server.answers()).toBe(true);
  expect(server.readLog()).not.toContain("Stopping");
  signal(server.group, "SIGTERM");
  await waitFor("its end", async () => !(await server.answers()));
});

test("any other hang-up shuts the server down cleanly", async () => {
  const server = await start("npm start");
  signal(server.group, "SIGHUP");
  await server.ended;
  await waitFor("its end", async () => !(await server.answers()));
  expect(server.readLog()).toContain("Stopping");
});
