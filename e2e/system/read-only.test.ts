import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../support/needs";

needs("unshare", "root")("a checkout on a read-only file system", () => {
  let checkout: string;

  beforeAll(() => {
    checkout = mkdtempSync(path.join(tmpdir(), "latchkey-read-only-"));
    mkdirSync(path.join(checkout, "node_modules"));
    const lockFile = JSON.stringify({ packages: {} });
    for (const name of ["package-lock.json", "node_modules/.package-lock.json"]) {
      writeFileSync(path.join(checkout, name), lockFile);
    }
  });

  afterAll(() => rmSync(checkout, { recursive: true, force: true }));

  /** What it prints once everything is prepared on a read-only file system. */
  function prepareReadOnly(): string {
    const script = `
      import { hashFiles, writeInto } from ${JSON.stringify(path.resolve("server/setup/files.mjs"))};
      import { prepare } from ${JSON.stringify(path.resolve("server/setup/prepare.mjs"))};
      import { execFileSync } from "node:child_process";
      writeInto("lib/db/generated/.made-from", hashFiles(["prisma/schema.prisma", "package-lock.json"]));
      execFileSync("mount", ["--bind", ".", "."]);
      execFileSync("mount", ["-o", "remount,bind,ro", "."]);
      process.chdir(process.cwd());
      await prepare({ build: false, report: () => {} });
      console.log("prepared");`;
    const args = ["--mount", process.execPath, "--input-type=module", "--eval", script];
    const { stdout, stderr } = spawnSync("unshare", args, { cwd: checkout, encoding: "utf8" });
    return stdout + stderr;
  }

  test("it is prepared, with a build that others can read and without one", () => {
    expect(prepareReadOnly()).toBe("prepared\n");
    mkdirSync(path.join(checkout, ".next"), { mode: 0o755 });
    expect(prepareReadOnly()).toBe("prepared\n");
  });
});
