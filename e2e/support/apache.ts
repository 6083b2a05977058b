import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { send } from "./http";
import { endProcess } from "./own-server";
import { waitFor } from "./wait-for";

const modules = "/usr/lib/apache2/modules";

interface Site {
  port: number;
  /** Names of modules besides those that every site needs. */
  modules: readonly string[];
  /** Lines of its configuration. */
  configuration: string;
  /** What the configuration reads from the environment. */
  env?: Record<string, string>;
}

/** Apache in front of one page. All its files are in one folder. */
export class Apache {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "latchkey-apache-"));
  #process: ChildProcess | null = null;

  /** Serves `http://127.0.0.1:port`. */
  async start({ port, modules: others, configuration: site, env = {} }: Site): Promise<void> {
    const inFolder = (name: string) => path.join(this.#folder, name);
    // Apache drops root, and its workers have to read the page.
    chmodSync(this.#folder, 0o755);
    writeFileSync(inFolder("index.html"), "let in");
    const loaded = ["mpm_event", "authn_core", "authz_core", "authz_user", "dir", ...others];
    const configuration = `
ServerRoot ${this.#folder}
ServerName 127.0.0.1
PidFile ${inFolder("pid")}
ErrorLog ${inFolder("error.log")}
User nobody
Group nogroup
Listen 127.0.0.1:${port}
DocumentRoot ${this.#folder}
${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join("\n")}
DirectoryIndex index.html
${site}
`;
    writeFileSync(inFolder("apache.conf"), configuration, { mode: 0o600 });
    const child = spawn("apache2", ["-f", inFolder("apache.conf"), "-DFOREGROUND"], {
      stdio: "ignore",
      env: { ...process.env, ...env },
    });
    this.#process = child;
    await waitFor("Apache", async () => {
      if (child.exitCode !== null) throw new Error(`Apache did not start:\n${readFileSync(inFolder("error.log"))}`);
      return send("GET", "/", { base: `http://127.0.0.1:${port}` }).catch(() => null);
    });
  }

  get log(): string {
    return readFileSync(path.join(this.#folder, "error.log"), "utf8");
  }

  async stop(): Promise<void> {
    if (this.#process) await endProcess(this.#process, "SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
