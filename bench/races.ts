import { parseArgs } from "node:util";
import { print } from "./outcome";
import * as races from "./race-experiments";
import { startServers } from "./test-cluster";

/**
 * The races of the fault experiments at full scale: four server processes on one PostgreSQL. Prints what was sent, what
 * was answered and whether the rule was kept; fails if one wasn't. `--scale=0.01` runs a hundredth of it.
 */

export async function main(args: string[]) {
  const { values } = parseArgs({ args, options: { scale: { type: "string", default: "1" } } });
  const scale = (full: number) => Math.max(2, Math.round(full * Number(values.scale)));
  const cluster = await startServers(4);
  let failed = 0;
  try {
    for (const run of [
      () => races.redeem(cluster, { codes: scale(100), parallel: scale(1000) }),
      () => races.refresh(cluster, { families: scale(100), parallel: scale(200) }),
      () => races.revoke(cluster, { rounds: scale(1000) }),
      () => races.replayAssertion(cluster, { rounds: scale(100), parallel: 100 }),
      () => races.pollDevice(cluster, { rounds: scale(100), pollers: 50 }),
      () => races.hangUp(cluster, { rounds: scale(1000) }),
    ]) {
      const startedAt = performance.now();
      const outcome = await run();
      const seconds = (performance.now() - startedAt) / 1000;
      print(outcome, seconds);
      if (outcome.violations.length > 0) failed += 1;
    }
  } finally {
    await cluster.close();
  }
  console.log(failed === 0 ? "\nEvery rule held." : `\n${failed} experiments broke their rule.`);
  process.exitCode = failed === 0 ? 0 : 1;
}
