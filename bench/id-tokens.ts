import { post } from "./outcome";
import { formatCost, inBatches, measureProcessorTime } from "./processor-time";
import { type ClusterClient, startServers, type TestCluster } from "./test-cluster";

/**
 * What exchanging a code costs the server with an ID token compared to without one: processor time of one server
 * process per request, and how long another request waits meanwhile. All kinds take turns in one run, so that none gets
 * a warmer server than another.
 */

const rounds = 8;
const requestsInRound = 100;
const parallel = 20;
const warmUp = 200;

const kinds = [
  { name: "a code without openid", scopes: ["read"], algorithm: "RS256" },
  { name: "with openid, ID token by RS256", scopes: ["openid"], algorithm: "RS256" },
  { name: "with openid, ID token by PS256", scopes: ["openid"], algorithm: "PS256" },
  { name: "with openid, ID token by ES256", scopes: ["openid"], algorithm: "ES256" },
  { name: "with openid, ID token by EdDSA", scopes: ["openid"], algorithm: "EdDSA" },
] as const;

interface Measured {
  kind: (typeof kinds)[number];
  client: ClusterClient;
  seconds: number;
  waits: number[];
}

export async function main() {
  const cluster = await startServers(1);
  try {
    const all: Measured[] = [];
    for (const kind of kinds) {
      const client = await cluster.createClient({ idTokenSignedResponseAlg: kind.algorithm });
      all.push({ kind, client, seconds: 0, waits: [] });
    }
    for (const measured of all) await (await prepare(cluster, measured, warmUp))();
    for (let round = 0; round < rounds; round++) {
      console.log(`round ${round + 1} of ${rounds}`);
      for (const measured of all) {
        const exchangeAll = await prepare(cluster, measured, requestsInRound);
        measured.seconds += await measureProcessorTime(cluster.pids[0] ?? 0, async () => {
          const work = exchangeAll();
          await Promise.all([work, watch(cluster.base(0), work, measured.waits)]);
        });
      }
    }
    const [reference = 0] = all.map(({ seconds }) => seconds / (rounds * requestsInRound));
    for (const { kind, seconds, waits } of all) {
      const cost = formatCost(kind.name, seconds / (rounds * requestsInRound), reference);
      const [half, most] = [0.5, 0.95].map((part) => percentile(waits, part).toFixed(1));
      console.log(`${cost}; another request waits ${half} ms, at most ${most} ms in 95 of 100`);
    }
  } finally {
    await cluster.close();
  }
}

/** Issues the codes, and returns a function that exchanges them all. */
async function prepare(cluster: TestCluster, { kind, client }: Measured, count: number): Promise<() => Promise<void>> {
  const codes: string[] = [];
  await inBatches(count, parallel, async () => {
    codes.push(await cluster.issueCode(client, kind.scopes));
  });
  const hasIdToken = kind.scopes[0] === "openid";
  return () =>
    inBatches(count, parallel, async () => {
      const fields = { grant_type: "authorization_code", code: codes.pop() ?? "", ...client.credentials };
      const answer = await post(cluster.base(0), "/o/token", fields);
      if (answer.status !== 200 || "id_token" in answer.body !== hasIdToken) {
        throw new Error(`Unexpected answer: ${answer.status} ${answer.body.error}`);
      }
    });
}

/** Repeatedly measures how long the cheapest request takes while `work` is running, in milliseconds. */
async function watch(base: string, work: Promise<void>, waits: number[]): Promise<void> {
  let isDone = false;
  void work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    const startedAt = performance.now();
    await fetch(`${base}/o/.well-known/jwks.json`).then((response) => response.text());
    waits.push(performance.now() - startedAt);
  }
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
}
