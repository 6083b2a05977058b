import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { mayUse } from "./process-identity.mjs";

const nobody = 65_534;

test.runIf(process.platform === "linux")("of a process that can't be looked into the caller decides", () => {
  const directory = mkdtempSync(path.join(tmpdir(), "latchkey-identity-"));
  // root can inspect every process, so this runs as another user.
  const script = `
    import { mayUse } from "./server/setup/process-identity.mjs";
    if (process.geteuid() === 0) process.seteuid(${nobody});
    console.log([true, false].map((ifHidden) => mayUse(1, "cwd", ${JSON.stringify(directory)}, ifHidden)).join());`;
  const answer = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  expect(answer.trim()).toBe("true,false");
  rmSync(directory, { recursive: true, force: true });
});

test.runIf(process.platform === "linux")("a process is known by the folder that it is in", () => {
  expect(mayUse(process.pid, "cwd", ".", false)).toBe(true);
  expect(mayUse(process.pid, "cwd", "server", true)).toBe(false);
});
