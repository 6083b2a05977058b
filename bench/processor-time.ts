import { readFileSync } from "node:fs";

/** Of /proc/PID/stat: clock ticks, 100 a second on every Linux that Node.js runs on. */
const ticksPerSecond = 100;

/** Seconds of processor time that a process takes while `work` goes on. Linux only, as it reads /proc. */
export async function measureProcessorTime(pid: number, work: () => Promise<void>): Promise<number> {
  const before = readTicks(pid);
  await work();
  return (readTicks(pid) - before) / ticksPerSecond;
}

function readTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

/** Runs `total` calls, `parallel` at a time. */
export async function inBatches(
  total: number,
  parallel: number,
  call: (index: number) => Promise<unknown>,
): Promise<void> {
  for (let index = 0; index < total; index += parallel) {
    await Promise.all(Array.from({ length: parallel }, (_, offset) => call(index + offset)));
  }
}

/** A line of a table of costs: milliseconds per request, and how many times the first one's. */
export function formatCost(name: string, seconds: number, reference: number): string {
  return `${(seconds * 1000).toFixed(2).padStart(7)} ms  × ${(seconds / reference).toFixed(2)}  ${name}`;
}
