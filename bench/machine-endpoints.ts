import { Agent, request } from "node:http";
import { measureProcessorTime } from "./processor-time";
import { startServers } from "./test-cluster";

/**
 * What machine endpoints cost, answered by the front and by Next.js: processor time of the server per request. Two
 * servers on one database take turns, so that neither has a warmer one. Linux only, as it reads /proc.
 */

const rounds = 5;
const requestsInRound = 1000;
const parallel = 32;
const warmUp = 1000;

const servers = ["front", "next"] as const;

export async function main() {
  const cluster = await startServers(servers.length, (index) => ({ MACHINE_ENDPOINTS: servers[index] ?? "" }));
  try {
    const machine = await cluster.createClient({ grantTypes: ["client_credentials"] });
    const issue = { grant_type: "client_credentials", ...machine.credentials };
    const token = JSON.parse((await ask(cluster.base(0), "/o/token", issue)).text).access_token;
    const kinds: Record<string, (base: string) => Promise<Answer>> = {
      "client credentials": (base) => ask(base, "/o/token", issue),
      introspection: (base) => ask(base, "/o/introspect", { token, ...machine.credentials }),
      discovery: (base) => ask(base, "/o/.well-known/openid-configuration"),
      keys: (base) => ask(base, "/o/.well-known/jwks.json"),
    };
    for (const [name, askOnce] of Object.entries(kinds)) {
      const costs = servers.map((): Cost[] => []);
      for (const base of cluster.bases) await repeat(warmUp, () => askOnce(base));
      for (let round = 0; round < rounds; round++) {
        for (const [index, base] of cluster.bases.entries()) {
          costs[index]?.push(
            await measure(cluster.pids[index] ?? 0, () => repeat(requestsInRound, () => askOnce(base))),
          );
        }
      }
      for (const [index, server] of servers.entries()) print(name, server, costs[index] ?? []);
    }
  } finally {
    await cluster.close();
  }
}

interface Answer {
  status: number;
  text: string;
}

/** Of one round, in microseconds per request, and requests a second. */
interface Cost {
  server: number;
  rate: number;
}

async function measure(pid: number, work: () => Promise<void>): Promise<Cost> {
  const startedAt = performance.now();
  const seconds = await measureProcessorTime(pid, work);
  const elapsed = (performance.now() - startedAt) / 1000;
  return { server: (seconds / requestsInRound) * 1e6, rate: requestsInRound / elapsed };
}

function print(kind: string, server: string, costs: Cost[]) {
  const of = (name: keyof Cost) => costs.map((cost) => cost[name]).sort((one, other) => one - other);
  const [cpu, rate] = [of("server"), of("rate")];
  const middle = Math.floor(costs.length / 2);
  console.log(
    `${kind.padEnd(20)} ${server.padEnd(6)} ${cpu[middle]?.toFixed(0).padStart(6)} µs of the server ` +
      `(${cpu[0]?.toFixed(0)} to ${cpu.at(-1)?.toFixed(0)}), ${rate[middle]?.toFixed(0)} a second`,
  );
}

async function repeat(count: number, askOnce: () => Promise<Answer>): Promise<void> {
  let left = count;
  const ask = async () => {
    while (left-- > 0) {
      const { status, text } = await askOnce();
      if (status !== 200) throw new Error(`${status} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, ask));
}

const agent = new Agent({ keepAlive: true });

function ask(base: string, path: string, fields?: Record<string, string>): Promise<Answer> {
  const body = fields && new URLSearchParams(fields).toString();
  const headers = body ? { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": body.length } : {};
  return new Promise((resolve, reject) => {
    const outgoing = request(`${base}${path}`, { method: body ? "POST" : "GET", agent, headers }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
    });
    outgoing.on("error", reject).end(body);
  });
}
