import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { type ClusterClient, startServers, type TestCluster } from "./test-cluster";

/**
 * What a flood leaves to others, as ratios within one run: the throughput of healthy clients beside wrong secrets from
 * another network, and the wait of one correct sign-in beside wrong ones. Each network is an address of this machine.
 */

const [healthy, attacker] = ["127.0.0.2", "127.0.0.3"] as const;
const [nameGuesser, namesGuesser] = ["127.0.0.4", "127.0.0.5"] as const;
/** Milliseconds per measurement. */
const period = 8000;
const healthyClients = 16;
const parallelFlood = 64;
const wrongSignIns = 400;

export async function main() {
  const cluster = await startServers(1);
  try {
    await compareThroughput(cluster);
    await compareSignIns(cluster);
  } finally {
    await cluster.close();
  }
}

interface Sending {
  headers?: Record<string, string>;
  from: string;
}

interface Answer {
  status: number;
  text: string;
  cookies: string[];
}

/** As many connections as concurrent requests, so that none waits for another's. */
const agent = new Agent({ keepAlive: true });

function ask(base: string, path: string, { headers, from }: Sending, fields?: Record<string, string>): Promise<Answer> {
  const body = fields && new URLSearchParams(fields).toString();
  const form = { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": body?.length ?? 0 };
  const options = { method: body ? "POST" : "GET", localAddress: from, agent, headers: { ...headers, ...form } };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${base}${path}`, options, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode ?? 0, text, cookies: incoming.headers["set-cookie"] ?? [] }),
      );
    });
    outgoing.on("error", reject).end(body);
  });
}

type Ask = () => Promise<{ status: number }>;

async function compareThroughput(cluster: TestCluster): Promise<void> {
  const base = cluster.base(0);
  const createMachine = () => cluster.createClient({ grantTypes: ["client_credentials"] });
  const [machine, victim] = [await createMachine(), await createMachine()];
  const fields = { grant_type: "client_credentials" };
  const right = askWith(machine, healthy);
  const [id, wrong] = [victim.clientId, "x".repeat(40)];
  const headers = { Authorization: `Basic ${Buffer.from(`${id}:${wrong}`).toString("base64")}` };
  const floods: Record<string, Ask> = {
    "wrong secrets in the header": () => ask(base, "/o/token", { from: attacker, headers }, fields),
    "wrong secrets in the body": () =>
      ask(base, "/o/token", { from: attacker }, { ...fields, client_id: id, client_secret: wrong }),
    "wrong sign-ins at one name": await openForm(base, nameGuesser, () => ({ identifier: "one", password: "a guess" })),
    "wrong sign-ins at ever new names": await openForm(base, namesGuesser, () => ({
      identifier: randomUUID(),
      password: "a guess",
    })),
  };
  await throughput(right);
  for (const [where, flood] of Object.entries(floods)) {
    const before = await throughput(right);
    const stop = keepAsking(flood, parallelFlood);
    const beside = await throughput(right);
    const { count, statuses } = await stop();
    const after = await throughput(right);
    const ratio = (2 * beside) / (before + after);
    const rate = Math.round((count * 1000) / period);
    console.log(
      `healthy clients beside ${parallelFlood} ${where}: ${(ratio * 100).toFixed(0)} % of their throughput ` +
        `(${before.toFixed(0)}, ${beside.toFixed(0)}, ${after.toFixed(0)} a second; flood ${rate} a second: ${statuses})`,
    );
  }

  function askWith({ credentials }: ClusterClient, from: string): Ask {
    return () => ask(base, "/o/token", { from }, { ...fields, ...credentials });
  }
}

/** Responses per second of `healthyClients` that send one request after the other; anything but 200 is an error. */
async function throughput(askOnce: Ask): Promise<number> {
  const stop = keepAsking(askOnce, healthyClients);
  await new Promise((resolve) => setTimeout(resolve, period));
  const { count, statuses } = await stop();
  if (statuses !== "200") console.log(`  healthy clients were answered ${statuses}`);
  return (count * 1000) / period;
}

/** Keeps this many requests running until it is stopped. */
function keepAsking(askOnce: Ask, parallel: number): () => Promise<{ count: number; statuses: string }> {
  let isOver = false;
  let count = 0;
  const seen = new Set<number>();
  const loops = Array.from({ length: parallel }, async () => {
    while (!isOver) {
      seen.add((await askOnce()).status);
      count += 1;
    }
  });
  return async () => {
    isOver = true;
    await Promise.all(loops);
    return { count, statuses: [...seen].sort().join(", ") };
  };
}

/** Sends the sign-in form of a page that is open in one browser of this network. */
async function openForm(
  base: string,
  from: string,
  fieldsOf: (index: number) => { identifier: string; password: string },
): Promise<(index?: number) => Promise<Answer>> {
  const page = await ask(base, "/login", { from });
  const csrf = /name="csrf"[^>]* value="([^"]*)"|value="([^"]*)"[^>]* name="csrf"/.exec(page.text);
  const cookie = page.cookies.map((line) => line.split(";")[0]).join("; ");
  const headers = { Origin: process.env.PUBLIC_URL ?? "", "Sec-Fetch-Site": "same-origin", Cookie: cookie };
  const fields = { csrf: csrf?.[1] ?? csrf?.[2] ?? "" };
  return (index = 0) => ask(base, "/login/submit", { from, headers }, { ...fields, ...fieldsOf(index) });
}

async function compareSignIns(cluster: TestCluster): Promise<void> {
  const base = cluster.base(0);
  const user = await cluster.createUser();
  const right = () => ({ identifier: user.username, password: user.password });
  const guesses = {
    "at as many names": (index: number) => ({ identifier: `nobody-${index}`, password: "a guess" }),
    "at the account itself": () => ({ identifier: user.username, password: "a guess" }),
  };
  const time = async (network: string) => {
    const submit = await openForm(base, network, right);
    const startedAt = performance.now();
    const { status } = await submit(0);
    return { status, seconds: (performance.now() - startedAt) / 1000 };
  };
  for (const [where, guess] of Object.entries(guesses)) {
    const alone = await time(healthy);
    const [submitWrong, submitRight] = [await openForm(base, attacker, guess), await openForm(base, healthy, right)];
    const flood = Array.from({ length: wrongSignIns }, (_, index) => submitWrong(index));
    // Like a browser that is told to come back.
    const startedAt = performance.now();
    let answer = await submitRight(0);
    while (answer.status === 503) answer = await submitRight(0);
    const seconds = (performance.now() - startedAt) / 1000;
    const statuses = [...new Set((await Promise.all(flood)).map(({ status }) => status))].sort().join(", ");
    console.log(
      `one right sign-in beside ${wrongSignIns} wrong ones of another network ${where}: ${seconds.toFixed(1)} s ` +
        `(${answer.status}; alone ${alone.seconds.toFixed(1)} s; the others: ${statuses})`,
    );
  }
}
