import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OwnInstallation, type OwnServer } from "../support/own-server";
import { noteSecret } from "../support/secrets-seen";
import { getResource, requestToken, type TokenAnswer } from "../support/token-client";
import { waitFor } from "../support/wait-for";

/** Fault experiments F6 and F9: a token that was answered with 200 is known, whatever crashed meanwhile. */

const installation = new OwnInstallation();
let server: OwnServer;
let machine: { client_id: string; client_secret: string };

beforeAll(async () => {
  server = await installation.start();
  machine = await installation.createMachine();
  noteSecret(machine.client_secret);
});

afterAll(() => installation.remove());

/** Clients that request tokens until they are told to stop, and record the answers. */
class Load {
  readonly tokens: string[] = [];
  /** Answers other than 200. */
  readonly refusals: TokenAnswer[] = [];
  longestMs = 0;
  brokenConnections = 0;
  #isOver = false;
  readonly #clients: Promise<void>[];

  constructor(base: string, clients = 4) {
    this.#clients = Array.from({ length: clients }, () => this.#ask(base));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#clients);
  }

  async #ask(base: string): Promise<void> {
    while (!this.#isOver) {
      const startedAt = Date.now();
      try {
        const answer = await requestToken({ grant_type: "client_credentials", ...machine }, { base });
        if (answer.status === 200) this.tokens.push(answer.accessToken);
        else this.refusals.push(answer);
      } catch {
        this.brokenConnections += 1;
        // Like any client before it retries.
        await sleep(20);
      }
      this.longestMs = Math.max(this.longestMs, Date.now() - startedAt);
    }
  }
}

async function expectAllKnown(tokens: readonly string[]): Promise<void> {
  const waiting = [...tokens];
  const unknown: string[] = [];
  const check = async () => {
    for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) {
      const { status } = await getResource(token, { base: server.baseUrl });
      if (status !== 200) unknown.push(`${token.slice(0, 4)}…: ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, check));
  expect(unknown).toEqual([]);
}

function expectNothingLogged(tokens: readonly string[]): void {
  const output = server.output();
  expect([machine.client_secret, ...tokens].filter((secret) => output.includes(secret))).toEqual([]);
}

/** Runs `work` under load, and ends the load in any case. */
async function underLoad(work: (load: Load) => Promise<void>): Promise<Load> {
  const load = new Load(server.baseUrl);
  try {
    await work(load);
  } finally {
    await load.stop();
  }
  return load;
}

function waitForTokens(load: Load, count: number): Promise<unknown> {
  return waitFor(`${count} tokens`, async () => load.tokens.length >= count, { timeout: 30_000 });
}

test("kill -9 of the server under load: after a restart every token from its answers is known", async () => {
  const load = await underLoad(async (running) => {
    await waitForTokens(running, 100);
    await server.kill();
  });
  expect(load.refusals).toEqual([]);
  expectNothingLogged(load.tokens);

  server = await installation.start();
  await expectAllKnown(load.tokens);
});

test("kill -9 of PostgreSQL under load: 503 at most, no hang, no unknown token, and it recovers by itself", async () => {
  const killed = installation.postmasterPid;
  const load = await underLoad(async (running) => {
    await waitForTokens(running, 50);
    process.kill(killed, "SIGKILL");
    await waitForTokens(running, running.tokens.length + 100);
  });
  expect(installation.postmasterPid).not.toBe(killed);
  expect(load.refusals.length).toBeGreaterThan(0);
  for (const { status, body, headers } of load.refusals) {
    expect({ status, error: body.error }).toEqual({ status: 503, error: "temporarily_unavailable" });
    expect(headers["retry-after"]).toBe("5");
  }
  expect(load.brokenConnections).toBe(0);
  expect(load.longestMs).toBeLessThan(15_000);
  await expectAllKnown(load.tokens);
  expectNothingLogged(load.tokens);
});
