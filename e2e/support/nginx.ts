import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { send } from "./http";
import { endProcess } from "./own-server";
import { waitFor } from "./wait-for";

/** nginx in front of a server. All its files are in one folder. */
export class Nginx {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "latchkey-nginx-"));
  #process: ChildProcess | null = null;

  /** Serves `http://127.0.0.1:port`; `location` is the content of its only location, such as a `proxy_pass`. */
  async start({ port, location }: { port: number; location: string }): Promise<void> {
    const inFolder = (name: string) => path.join(this.#folder, name);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map((kind) => `${kind}_temp_path ${inFolder(kind)};`)
      .join("\n  ");
    const configuration = `
daemon off;
worker_processes 1;
pid ${inFolder("pid")};
error_log ${inFolder("error.log")};
events {}
http {
  access_log off;
  ${temporary}
  server {
    listen 127.0.0.1:${port};
    location / {
      ${location}
    }
  }
}
`;
    writeFileSync(inFolder("nginx.conf"), configuration);
    const child = spawn("nginx", ["-e", inFolder("error.log"), "-c", inFolder("nginx.conf")], { stdio: "ignore" });
    this.#process = child;
    await waitFor("nginx", async () => {
      if (child.exitCode !== null) throw new Error(`nginx did not start:\n${readFileSync(inFolder("error.log"))}`);
      return send("GET", "/", { base: `http://127.0.0.1:${port}` }).catch(() => null);
    });
  }

  async stop(): Promise<void> {
    if (this.#process) await endProcess(this.#process, "SIGQUIT");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
