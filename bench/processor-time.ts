import { readFileSync } from "node:fs";

/** From /proc/PID/stat: clock ticks, 100 per second on every Linux that Node.js runs on. */
const ticksPerSecond = 100;

/** Seconds of processor time that a process uses during `work`. Linux only, because it reads /proc. */
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

/** A row of a cost table: milliseconds per request, and the ratio to the first one. */
export function formatCost(name: string, seconds: number, reference: number): string {
  return `${(seconds * 1000).toFixed(2).padStart(7)} ms  × ${(seconds / reference).toFixed(2)}  ${name}`;
}
