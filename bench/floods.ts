import { BrowserClient } from "@/e2e/support/browser-client";
import { readForms } from "@/e2e/support/html";
import { postForm, send } from "@/e2e/support/http";
import { basicAuthorization } from "@/e2e/support/token-client";
import { type Farm, type FarmClient, openFarm } from "./farm";

/**
 * What is left to others beside a flood, as ratios of one run: the throughput of healthy clients beside wrong secrets of
 * another network, and the wait of one right sign-in beside wrong ones. Each network is an address of this machine.
 */

const [healthy, attacker] = ["127.0.0.2", "127.0.0.3"];
/** Milliseconds for each measurement. */
const period = 8000;
const healthyClients = 16;
const wrongSecrets = 64;
const wrongSignIns = 400;

export async function main() {
  const farm = await openFarm(1);
  try {
    await compareSecrets(farm);
    await compareSignIns(farm);
  } finally {
    await farm.close();
  }
}

type Ask = () => Promise<{ status: number }>;

async function compareSecrets(farm: Farm): Promise<void> {
  const base = farm.base(0);
  const createMachine = () => farm.createClient({ grantTypes: ["client_credentials"] });
  const [machine, victim] = [await createMachine(), await createMachine()];
  const fields = { grant_type: "client_credentials" };
  const right = askWith(machine, healthy);
  const [id, wrong] = [victim.clientId, "x".repeat(40)];
  const header = { Authorization: basicAuthorization(id, wrong) };
  const floods: Record<string, Ask> = {
    "in the header": () => postForm("/o/token", fields, { base, from: attacker, headers: header }),
    "in the body": () =>
      postForm("/o/token", { ...fields, client_id: id, client_secret: wrong }, { base, from: attacker }),
  };
  await throughput(right);
  for (const [where, flood] of Object.entries(floods)) {
    const before = await throughput(right);
    const stop = keepAsking(flood, wrongSecrets);
    const beside = await throughput(right);
    const { count, statuses } = await stop();
    const after = await throughput(right);
    const ratio = (2 * beside) / (before + after);
    const rate = Math.round((count * 1000) / period);
    console.log(
      `healthy clients beside ${wrongSecrets} wrong secrets ${where}: ${(ratio * 100).toFixed(0)} % of their throughput ` +
        `(${before.toFixed(0)}, ${beside.toFixed(0)}, ${after.toFixed(0)} a second; flood ${rate} a second: ${statuses})`,
    );
  }

  function askWith({ credentials }: FarmClient, from: string): Ask {
    return () => postForm("/o/token", { ...fields, ...credentials }, { base, from });
  }
}

/** Answers a second of `healthyClients` that ask one after the other; anything but 200 is an error. */
async function throughput(ask: Ask): Promise<number> {
  const stop = keepAsking(ask, healthyClients);
  await new Promise((resolve) => setTimeout(resolve, period));
  const { count, statuses } = await stop();
  if (statuses !== "200") console.log(`  healthy clients were answered ${statuses}`);
  return (count * 1000) / period;
}

/** So many askers, each with a request under way until it is stopped. */
function keepAsking(ask: Ask, parallel: number): () => Promise<{ count: number; statuses: string }> {
  let isOver = false;
  let count = 0;
  const seen = new Set<number>();
  const loops = Array.from({ length: parallel }, async () => {
    while (!isOver) {
      seen.add((await ask()).status);
      count += 1;
    }
  });
  return async () => {
    isOver = true;
    await Promise.all(loops);
    return { count, statuses: [...seen].sort().join(", ") };
  };
}

async function compareSignIns(farm: Farm): Promise<void> {
  const base = farm.base(0);
  const user = await farm.createUser();
  const origin = process.env.PUBLIC_URL ?? "";
  const signIn = async (from: string, fieldsOf: (index: number) => { identifier: string; password: string }) => {
    const browser = new BrowserClient({ base, origin });
    const page = await browser.get("/login");
    const form = readForms(page.text).find(({ action }) => action === "/login/submit");
    const headers = { Origin: origin, "Sec-Fetch-Site": "same-origin", ...browser.cookieHeader("/login/submit") };
    return (index: number) =>
      postForm("/login/submit", { ...form?.fields, ...fieldsOf(index) }, { base, from, headers, timeout: 120_000 });
  };
  const right = () => ({ identifier: user.username, password: user.password });
  const guesses = {
    "at as many names": (index: number) => ({ identifier: `nobody-${index}`, password: "a guess" }),
    "at the account itself": () => ({ identifier: user.username, password: "a guess" }),
  };
  const time = async (network: string) => {
    const submit = await signIn(network, right);
    const startedAt = performance.now();
    const { status } = await submit(0);
    return { status, seconds: (performance.now() - startedAt) / 1000 };
  };
  await send("GET", "/login", { base });
  for (const [where, guess] of Object.entries(guesses)) {
    const alone = await time(healthy);
    const [submitWrong, submitRight] = [await signIn(attacker, guess), await signIn(healthy, right)];
    const flood = Array.from({ length: wrongSignIns }, (_, index) => submitWrong(index));
    // As a browser does that is told to come back.
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
