import { readFileSync } from "node:fs";
import { openFarm } from "./farm";
import { post } from "./outcome";

/**
 * What a flood of wrong client secrets costs the server next to one of right ones: processor time of one server process
 * per request, measured one after the other in one run. Linux only, as it reads /proc.
 */

const requests = 3000;
const parallel = 20;
/** Of /proc/PID/stat: clock ticks, 100 a second on every Linux that Node.js runs on. */
const ticksPerSecond = 100;

export async function main() {
  const farm = await openFarm(1);
  try {
    const machines = await Promise.all(
      Array.from({ length: 200 }, () => farm.createClient({ grantTypes: ["client_credentials"] })),
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
    await measure(farm.base(0), farm.pids[0] ?? 0, kinds[0]?.secretOf ?? (() => ({})));
    let reference = 0;
    for (const { name, secretOf } of kinds) {
      const cost = await measure(farm.base(0), farm.pids[0] ?? 0, secretOf);
      reference ||= cost;
      console.log(`${(cost * 1000).toFixed(2).padStart(7)} ms  × ${(cost / reference).toFixed(2)}  ${name}`);
    }
  } finally {
    await farm.close();
  }
}

/** Seconds of processor time per request. */
async function measure(
  base: string,
  pid: number,
  fieldsOf: (index: number) => Record<string, string>,
): Promise<number> {
  const before = readTicks(pid);
  for (let index = 0; index < requests; index += parallel) {
    await Promise.all(
      Array.from({ length: parallel }, (_, offset) =>
        post(base, "/o/token", { grant_type: "client_credentials", ...fieldsOf(index + offset) }),
      ),
    );
  }
  return (readTicks(pid) - before) / ticksPerSecond / requests;
}

function readTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
