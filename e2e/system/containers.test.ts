import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../support/needs";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import { noteSecret } from "../support/secrets-seen";
import { getResource, requestToken } from "../support/token-client";

/** Like containers: with their own processes, network and host name, on shared files. */
const container = ["--pid", "--net", "--ipc", "--uts", "--fork", "--mount-proc", "--kill-child"];

/** A process that uses the embedded PostgreSQL of a folder, as servers and commands do. */
class Container {
  readonly #child: ChildProcess;
  #output = "";
  readonly ended: Promise<unknown>;

  constructor(dataDir: string) {
    const script = `
      import { importTypeScript } from "./server/setup/import-typescript.mjs";
      const { acquirePostgres } = await importTypeScript("server/postgres.ts");
      const lease = await acquirePostgres(${JSON.stringify(dataDir)}).catch((error) => console.log(error.message));
      if (!lease) process.exit(1);
      console.log("uses it");
      process.stdin.resume().once("end", async () => { await lease.release(); process.exit(); });`;
    const args = [...container, process.execPath, "--input-type=module", "--eval", script];
    this.#child = spawn("unshare", args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdout?.on("data", (chunk) => {
      this.#output += chunk;
    });
    this.ended = once(this.#child, "close");
  }

  /** Its output once it uses PostgreSQL, or has given up. */
  async answer(): Promise<string> {
    while (!this.#output.includes("\n"))
      await Promise.race([once(this.#child.stdout ?? this.#child, "data"), this.ended]);
    return this.#output.trim();
  }

  async leave(): Promise<void> {
    this.#child.stdin?.end();
    await this.ended;
  }

  /** As if the container were killed: all of its processes end at the same time. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }
}

const refusal = /^The database in .* is in use by a Latchkey in another container or PID namespace .*: run this there/;

needs("unshare")("containers on one DATA_DIR", () => {
  const installation = new OwnInstallation();
  let server: OwnServer;
  let machine: { client_id: string; client_secret: string };

  beforeAll(async () => {
    server = await installation.start();
    machine = await installation.createMachine();
    noteSecret(machine.client_secret);
  });

  afterAll(() => installation.remove());

  test("a second one is told where to run, and the first keeps its files and its tokens", async () => {
    const postmasterFile = `${installation.dataDir}/postgres/postmaster.pid`;
    const before = readFileSync(postmasterFile, "utf8");
    const { accessToken } = await requestToken(
      { grant_type: "client_credentials", ...machine },
      { base: server.baseUrl },
    );
    const second = new Container(installation.dataDir);
    expect(await second.answer()).toMatch(refusal);
    await second.ended;
    expect(readFileSync(postmasterFile, "utf8")).toBe(before);
    expect((await getResource(accessToken, { base: server.baseUrl })).status).toBe(200);
    // Commands still work beside the server.
    expect((await installation.createMachine()).client_id).not.toBe(machine.client_id);
  });

  test("what the server has acknowledged is known to the container that takes over after a kill", async () => {
    const { accessToken } = await requestToken(
      { grant_type: "client_credentials", ...machine },
      { base: server.baseUrl },
    );
    await server.kill();
    // PostgreSQL outlives its server, so the container can't take the files.
    const early = new Container(installation.dataDir);
    expect(await early.answer()).toMatch(refusal);
    process.kill(installation.postmasterPid, "SIGKILL");
    const next = new Container(installation.dataDir);
    expect(await next.answer()).toBe("uses it");
    await next.kill();
    server = await installation.start();
    expect((await getResource(accessToken, { base: server.baseUrl })).status).toBe(200);
  });

  test("of ten at the same time, one uses the files and nine are refused", async () => {
    const other = new OwnInstallation();
    const containers = Array.from({ length: 10 }, () => new Container(other.dataDir));
    const answers = await Promise.all(containers.map((container) => container.answer()));
    expect(answers.filter((answer) => answer === "uses it")).toHaveLength(1);
    expect(answers.filter((answer) => refusal.test(answer))).toHaveLength(9);
    await Promise.all(containers.map((container) => container.leave()));
    await other.remove();
  });
});
