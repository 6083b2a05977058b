import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The versions that docs/mcp.md names and docs/mcp/* uses. */
const typescript = "@modelcontextprotocol/sdk@1.32.2";
const python = "mcp==2.3.0";

/** The programs of docs/mcp with the SDKs they need, in their own folder. */
export interface McpPrograms {
  folder: string;
  /** An interpreter with the Python SDK; null if it couldn't be fetched. */
  python: string | null;
  /** What couldn't be fetched. */
  missing: string[];
  remove(): void;
}

/** Fetches the SDKs from the registries of npm and PyPI, which some machines can't reach. */
export function fetchMcpSdks(): McpPrograms {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-mcp-"));
  cpSync("docs/mcp", folder, { recursive: true });
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { cwd: folder, stdio: "ignore", timeout: 120_000 }).status === 0;
  const hasTypescript = run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", typescript);
  const interpreter = path.join(folder, "python", "bin", "python");
  const hasPython =
    run("python3", "-m", "venv", "python") && run(interpreter, "-m", "pip", "install", "--quiet", python);
  return {
    folder,
    python: hasPython ? interpreter : null,
    missing: hasTypescript ? [] : [`${typescript} from npm`],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Why the Python part can't run; empty if it can. */
export function listMissingForPython(programs: McpPrograms): string[] {
  return programs.python === null ? [...programs.missing, `${python} from PyPI`] : programs.missing;
}
