import { post } from "./outcome";
import { formatCost, inBatches, measureProcessorTime } from "./processor-time";
import { startServers } from "./test-cluster";

/**
 * What a flood of wrong client secrets costs the server compared to correct ones: processor time of one server process
 * per request, measured one after the other in one run. Linux only, because it reads /proc.
 */

const requests = 3000;
const parallel = 20;

export async function main() {
  const cluster = await startServers(1);
  try {
    const machines = await Promise.all(
      Array.from({ length: 200 }, () => cluster.createClient({ grantTypes: ["client_credentials"] })),
    );
    const kinds = [
      { name: "right secret", secretOf: (index: number) => machines[index % 200]?.credentials ?? {} },
      {
        name: "wrong secret, one client (refused after 30)",
        secretOf: () => ({ ...machines[0]?.credentials, client_secret: "wrong" }),
      },
      {
        name: "wrong secret, many clients",
        secretOf: (index: number) => ({ ...machines[index % 200]?.credentials, client_secret: "wrong" }),
      },
    ];
    await measure(cluster.base(0), cluster.pids[0] ?? 0, kinds[0]?.secretOf ?? (() => ({})));
    let reference = 0;
    for (const { name, secretOf } of kinds) {
      const cost = await measure(cluster.base(0), cluster.pids[0] ?? 0, secretOf);
      reference ||= cost;
      console.log(formatCost(name, cost, reference));
    }
  } finally {
    await cluster.close();
  }
}

/** Seconds of processor time per request. */
async function measure(
  base: string,
  pid: number,
  fieldsOf: (index: number) => Record<string, string>,
): Promise<number> {
  const send = (index: number) => post(base, "/o/token", { grant_type: "client_credentials", ...fieldsOf(index) });
  return (await measureProcessorTime(pid, () => inBatches(requests, parallel, send))) / requests;
}
