import { type SpawnOptions, spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// npm alone takes a while.
vi.setConfig({ testTimeout: 60_000 });

let directory: string;

/** Prints whether a hang-up ends it, and verifies it. */
const probeProgram = `
  import { respectNohup, endsAtHangUp } from ${JSON.stringify(path.resolve("server/setup/hang-up.mjs"))};
  import { writeFileSync } from "node:fs";
  respectNohup();
  writeFileSync(process.env.ANSWER, String(endsAtHangUp()));
  process.kill(process.pid, "SIGHUP");
  setTimeout(() => writeFileSync(process.env.ANSWER, "outlives it"), 50);`;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "latchkey-hang-up-"));
  writeFileSync(path.join(directory, "probe.mjs"), probeProgram);
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ scripts: { start: "exec node probe.mjs" } }));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function run(command: string, args: string[], options: SpawnOptions = {}): Promise<string> {
  const answer = path.join(directory, "answer");
  // `_` names the program started by the shell around these tests.
  const env = { ...process.env, _: "", HOME: directory, ANSWER: answer };
  const child = spawn(command, args, { cwd: directory, stdio: "ignore", env, ...options });
  await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  return readFileSync(answer, "utf8");
}

test.each([
  ["node", "bash -c 'nohup node probe.mjs'"],
  ["npm and a shell", "bash -c 'nohup npm start'"],
  ["a script that ignores it", `sh -c "trap '' HUP; npm start; true"`],
  ["a script that nohup runs", "bash -c 'nohup sh -c \"node probe.mjs; true\"'"],
])("a hang-up that was ignored at the start stays ignored, through %s", async (_, command) => {
  expect(await run("sh", ["-c", command])).toBe("outlives it");
});

test("nohup is recognized in a terminal by an unreadable input or an output called nohup.out", async () => {
  const unreadable = openSync("/dev/null", "w");
  expect(await run("node", ["probe.mjs"], { stdio: [unreadable, "ignore", "ignore"] })).toBe("outlives it");
  const output = openSync(path.join(directory, "nohup.out"), "a");
  expect(await run("node", ["probe.mjs"], { stdio: ["ignore", output, "ignore"] })).toBe("outlives it");
});

test("an inaccessible HOME is no obstacle", async () => {
  const home = path.join(directory, "home");
  // A link to itself, because root can access anything that exists.
  symlinkSync(home, home);
  const env = { ...process.env, _: "", HOME: home, ANSWER: path.join(directory, "answer") };
  expect(await run("node", ["probe.mjs"], { env })).toBe("true");
});

test.each(["node probe.mjs", "npm start", "npm start </dev/null >out 2>&1"])(
  "without nohup it ends %s",
  async (command) => {
    expect(await run("sh", ["-c", `${command}; true`])).toBe("true");
  },
);
