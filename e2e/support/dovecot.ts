import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { endProcess } from "./own-server";
import { waitFor } from "./wait-for";

/** Dovecot's authentication service, which introspects access tokens. All its files are in one folder. */
export class Dovecot {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "latchkey-dovecot-"));
  #process: ChildProcess | null = null;

  async start({ introspectionUrl }: { introspectionUrl: string }): Promise<void> {
    const inFolder = (name: string) => path.join(this.#folder, name);
    mkdirSync(inFolder("run"));
    const oauth2 = `
introspection_mode = post
introspection_url = ${introspectionUrl}
username_attribute = username
active_attribute = active
active_value = true
`;
    writeFileSync(inFolder("oauth2.ext"), oauth2, { mode: 0o600 });
    const configuration = `
base_dir = ${inFolder("run")}
state_dir = ${inFolder("run")}
log_path = ${inFolder("log")}
protocols =
ssl = no
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = nobody
auth_mechanisms = plain xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = plain xoauth2 oauthbearer
  args = ${inFolder("oauth2.ext")}
}
userdb {
  driver = static
  args = uid=65534 gid=65534 home=/nonexistent
}
`;
    writeFileSync(this.#configuration, configuration);
    const child = spawn("dovecot", ["-F", "-c", this.#configuration], { stdio: "ignore" });
    this.#process = child;
    await waitFor("Dovecot", async () => {
      if (child.exitCode !== null) throw new Error(`Dovecot did not start:\n${readFileSync(inFolder("log"))}`);
      return existsSync(inFolder("run/auth-client")) ? true : null;
    });
  }

  /** Whether it accepts the token as the user's password. */
  async accepts(username: string, token: string): Promise<boolean> {
    // One token in 64 begins with a hyphen, and must not be taken for an option.
    const login = ["-c", this.#configuration, "auth", "test", "--", username, token];
    const { stdout } = await promisify(execFile)("doveadm", login).catch((failure: { stdout: string }) => failure);
    if (stdout.includes("auth succeeded")) return true;
    if (stdout.includes("auth failed") && !stdout.includes("temp")) return false;
    throw new Error(`Dovecot couldn't decide:\n${stdout}\n${readFileSync(path.join(this.#folder, "log"))}`);
  }

  async stop(): Promise<void> {
    if (this.#process) await endProcess(this.#process, "SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #configuration(): string {
    return path.join(this.#folder, "dovecot.conf");
  }
}
