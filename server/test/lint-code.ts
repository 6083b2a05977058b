import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

interface Diagnostic {
  severity: string;
  message: string;
  location: { path: string };
}

/** Lints these lines, each placed in its file, by the project's rules; returns the errors about a file. */
export function lintCode(lines: readonly (readonly [file: string, code: string, ...unknown[]])[]) {
  const directory = mkdtempSync(path.join(tmpdir(), "latchkey-lint-"));
  try {
    cpSync("biome.json", path.join(directory, "biome.json"));
    cpSync("server/lint", path.join(directory, "server/lint"), { recursive: true });
    for (const [file, code] of lines) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), `${code}\n`);
    }
    const diagnostics = runBiome(directory);
    return (file: string) =>
      diagnostics
        .filter((found) => found.severity === "error")
        .filter(({ location }) => path.normalize(location.path).endsWith(path.normalize(file)))
        .map(({ message }) => message)
        .join("\n");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function runBiome(directory: string): Diagnostic[] {
  const biome = path.resolve("node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--reporter=json", "--max-diagnostics=none"];
  try {
    execFileSync(process.execPath, args, { cwd: directory, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout).diagnostics;
  }
  throw new Error("Biome found nothing wrong.");
}
