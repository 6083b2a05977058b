import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Makes git run .githooks in this checkout, unless other hooks are already configured. */
export async function installHooks() {
  if (process.env.CI || !existsSync(".git")) return;
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    git("config", "--get", "core.hooksPath");
  } catch {
    try {
      git("config", "core.hooksPath", ".githooks");
    } catch {
      // No git, or another user's checkout: there will be no commits from here.
    }
  }
}
