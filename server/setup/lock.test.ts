import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFile, withLock } from "./lock.mjs";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "latchkey-lock-"));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Runs a script that imports the lock; resolves when it ends. */
function runScript(body: string) {
  const script = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { withLock } from "./server/setup/lock.mjs";
    const counter = ${JSON.stringify(path.join(directory, "counter"))};
    const lock = ${JSON.stringify(path.join(directory, "lock"))};
    ${body}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { child, ended: new Promise<number | null>((resolve) => child.on("close", resolve)) };
}

test("four processes that read, wait and write lose no update", async () => {
  writeFileSync(path.join(directory, "counter"), "0");
  const workers = Array.from({ length: 4 }, () =>
    runScript(`for (let i = 0; i < 10; i += 1) await withLock(lock, async () => {
      const value = Number(readFileSync(counter, "utf8"));
      await new Promise((resolve) => setTimeout(resolve, 2));
      writeFileSync(counter, String(value + 1));
    });`),
  );
  expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
  expect(readFileSync(path.join(directory, "counter"), "utf8")).toBe("40");
}, 20_000);

test("a killed holder releases the lock", async () => {
  const { child, ended } = runScript(
    'await withLock(lock, async () => { console.log("held"); await new Promise(() => setInterval(() => {}, 1000)); });',
  );
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.kill("SIGKILL");
  await ended;
  expect(await withLock(path.join(directory, "lock"), async () => "ours")).toBe("ours");
});

test("a shared lock excludes only exclusive ones, until the last share is released", async () => {
  const file = path.join(directory, "users");
  const [first, second] = [await lockFile(file, { shared: true }), await lockFile(file, { shared: true })];
  expect(await lockFile(file)).toBeNull();
  first?.release();
  expect(await lockFile(file)).toBeNull();
  second?.release();
  expect(await lockFile(file)).not.toBeNull();
});

test("a process that inherits a lock keeps it", async () => {
  const file = path.join(directory, "lock");
  const lock = await lockFile(file);
  const heir = spawn(process.execPath, ["--eval", "process.stdin.resume()"], {
    stdio: ["pipe", "ignore", "inherit", lock?.fd],
  });
  const ended = new Promise((resolve) => heir.on("close", resolve));
  lock?.release();
  expect(await lockFile(file)).toBeNull();
  heir.stdin?.end();
  await ended;
  expect(await lockFile(file)).not.toBeNull();
});

test("within one process, too, one waits for the other, even if that fails", async () => {
  const order: string[] = [];
  const lock = path.join(directory, "lock");
  let enter: () => void;
  const entered = new Promise<void>((resolve) => {
    enter = resolve;
  });
  const failing = withLock(lock, async () => {
    enter();
    order.push("first in");
    await new Promise((resolve) => setTimeout(resolve, 60));
    order.push("first out");
    throw new Error("failed at work");
  });
  await entered;
  const following = withLock(lock, async () => {
    order.push("second in");
  });
  await expect(failing).rejects.toThrow("failed at work");
  await following;
  expect(order).toEqual(["first in", "first out", "second in"]);
});
