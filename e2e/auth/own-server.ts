import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { variableNames } from "@/lib/env";

/** A server on an empty database: what someone meets who has just installed it. */
export interface OwnServer {
  baseUrl: string;
  /** The one-time link for the first administrator, as printed at start. */
  setupLink: string;
  stop(): Promise<void>;
}

export async function startOwnServer(): Promise<OwnServer> {
  const dataDir = path.join(tmpdir(), `latchkey-e2e-${randomBytes(6).toString("hex")}`);
  // The runner's own configuration must not reach it.
  const inherited = Object.entries(process.env).filter(([name]) => !variableNames.some((known) => known === name));
  const env = { ...Object.fromEntries(inherited), DATA_DIR: dataDir, PORT: String(await findFreePort()) };
  const child = spawn(process.execPath, ["server/start.mjs"], {
    env: env as NodeJS.ProcessEnv & typeof env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const setupLink = await readSetupLink(child);
    return { baseUrl: new URL(setupLink).origin, setupLink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readSetupLink(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    // Read to the end: a server can't go on writing to a pipe that nobody holds.
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk;
      const link = /^\s*(http:\S+\/setup\/\S+)\n/m.exec(output)?.[1];
      if (link) resolve(link);
    });
    child.once("exit", () => reject(new Error(`The server ended before it printed a set-up link:\n${output}`)));
  });
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}
