import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** What a process that runs `script` with a captured console prints, line by line. */
function run(script: string): Record<string, unknown>[] {
  const program = `
    import { importTypeScript } from "./server/setup/import-typescript.mjs";
    const { captureConsole } = await importTypeScript("server/capture-console.ts");
    captureConsole();
    ${script}`;
  const args = ["--input-type=module", "--eval", program];
  const output = execFileSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, LOG_LEVEL: "debug" },
  });
  return output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("whatever a library prints is one line of JSON, with its level and without colors", () => {
  const lines = run(`
    console.error("\\u001b[31mFailed\\u001b[0m to find\\n action %s", "x", new Error("why"));
    console.warn("careful");
    console.log("x".repeat(5000));
    process.emitWarning("old", "DeprecationWarning");`);
  expect(lines).toMatchObject([
    { level: "error", msg: "Failed to find\n action x", err: { message: "why" } },
    { level: "warn", msg: "careful" },
    { level: "info", msg: `${"x".repeat(1000)}…` },
    { level: "warn", err: { message: "old" }, msg: "warning of Node.js" },
  ]);
});
