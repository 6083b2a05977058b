import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright";
import { UserError } from "../user-error";
import { runTool } from "./processes";

/**
 * First the headless shell, which Playwright also uses by default: a page costs half as much as in the full browser,
 * and a context a fifth.
 */
const systemNames = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const macPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Finds a working browser, or installs one.
 * @returns its path; null for Playwright's own, which Playwright finds by itself
 */
export async function findBrowser(report: (line: string) => void): Promise<string | null> {
  if (starts(chromium.executablePath())) return null;
  const system = findSystemBrowser();
  if (system) return system;

  report("No browser found; downloading Playwright's Chromium …");
  await runTool("node_modules/playwright/cli.js", ["install", "chromium"]);
  if (starts(chromium.executablePath())) return null;

  report("That did not work; asking the system's package manager for Chromium …");
  installWithPackageManager();
  const installed = findSystemBrowser();
  if (installed) return installed;
  throw new UserError(
    "The browser tests need Chromium or Google Chrome, and none could be installed. " +
      "Install one: `npx playwright install --with-deps chromium`, or as root `apt-get install chromium`.",
  );
}

function findSystemBrowser(): string | null {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const candidates = systemNames.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...candidates, ...macPaths].find(starts) ?? null;
}

/** A file alone proves little: system libraries may be missing, or it is a stub that asks to install something. */
function starts(file: string): boolean {
  return existsSync(file) && spawnSync(file, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

function installWithPackageManager() {
  if (process.getuid?.() !== 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const commands = [
    ["apt-get", "update"],
    ["apt-get", "install", "--yes", "--no-install-recommends", "chromium-headless-shell"],
    ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"],
    ["dnf", "install", "--assumeyes", "chromium"],
  ] as const;
  for (const [command, ...args] of commands) {
    if (findSystemBrowser()) return;
    try {
      execFileSync(command, args, { env, stdio: "ignore" });
    } catch {
      // Another system's package manager, or no network: the next check shows whether there is a browser now.
    }
  }
}
