import { availableParallelism } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { listChangedFiles, selectByChange } from "./changed";
import { stopAll } from "./processes";
import { runSideBySide } from "./schedule";
import { type StageContext, type StageResult, stages } from "./stages";
import { TestBed } from "./test-bed";

/** How often the running stages are reported. */
const progressMs = 30_000;

const report = (line: string) => console.log(line);

/**
 * Runs all stages, those in `--only=a,b` with the remaining arguments passed to their tool, or the parts of each that
 * changes since `--changed=BASE` affect. A stage's output is shown at its end if it failed, or immediately if it is the
 * only one. Ends the process.
 */
export async function runTests(args: string[]): Promise<never> {
  const read = (option: string) => args.find((arg) => arg.startsWith(option))?.slice(option.length);
  const only = read("--only=")?.split(",");
  const base = read("--changed=");
  const change = base === undefined ? null : selectByChange(listChangedFiles(base), base);
  const passedOn = args.filter((arg) => !/^--(?:$|only=|changed=)/.test(arg));
  const wanted = stages.filter(
    ({ name, isOptional }) => (only?.includes(name) ?? !isOptional) && (change?.has(name) ?? true),
  );
  const selected = stages.filter(({ name }) =>
    wanted.some((stage) => stage.name === name || stage.needs.includes(name)),
  );
  if ((wanted.length === 0 && !change) || (passedOn.length > 0 && wanted.length > 1)) {
    console.error(
      `Usage: npm test [-- --only=STAGE [ARGUMENTS]], with one of ${stages.map(({ name }) => name).join(", ")}`,
    );
    process.exit(2);
  }

  const bed = new TestBed();
  let isInterrupted = false;
  // Not `once`: under npm the same signal arrives twice, and the second would leave behind what the tests have started.
  const interrupt = () => {
    if (isInterrupted) return;
    isInterrupted = true;
    void stopAll()
      .then(() => bed.close())
      .finally(() => process.exit(130));
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);

  const total = { passed: 0, failed: 0 };
  const failures: string[] = [];
  const add = (name: string, startedAt: number, { passed, failed, unable, output }: StageResult) => {
    total.passed += passed;
    total.failed += failed;
    const others = unable === undefined ? "" : `, ${unable} could not run here`;
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    if (failed > 0) {
      failures.push(...listFailures(output).map((line) => `  ${name}: ${line}`));
      report(`── ${name} ${"─".repeat(60 - name.length)}\n${output.trimEnd()}`);
    }
    report(`${name}: ${passed} passed, ${failed} failed${others} (${seconds} s)`);
  };

  const running = new Set<string>();
  const progress = setInterval(() => report(`… ${[...running].join(", ")}`), progressMs);
  // One more than there are cores: a stage sometimes waits for a disk or for its slowest file.
  await runSideBySide(selected, availableParallelism() + 1, async (stage, blocker) => {
    const isWanted = wanted.includes(stage);
    const startedAt = Date.now();
    running.add(stage.name);
    report(`${stage.name} …`);
    const context = {
      bed,
      args: isWanted ? [...(change?.get(stage.name) ?? []), ...passedOn] : [],
      live: isWanted && wanted.length === 1,
      report: (line: string) => report(`${stage.name}: ${line}`),
    };
    const result = blocker ? fail(`Not run: ${blocker} failed.`) : await attempt(stage.run, context);
    // A stage that was told to stop hasn't failed; the interruption ends the process.
    if (isInterrupted) await new Promise(() => {});
    running.delete(stage.name);
    add(stage.name, startedAt, result);
    return result.failed > 0 ? "failed" : "passed";
  });
  clearInterval(progress);
  if (selected.some(({ name }) => name === "http" || name === "e2e")) {
    const startedAt = Date.now();
    await bed.stopServers();
    add("secrets in logs", startedAt, searchLogs(bed, only !== undefined || change !== null));
  }
  await bed.close();
  // Repeated at the end, in case a log is truncated.
  if (failures.length > 0) report(`Failed:\n${failures.join("\n")}`);
  report(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
}

async function attempt(run: (context: StageContext) => Promise<StageResult>, context: StageContext) {
  try {
    return await run(context);
  } catch (error) {
    return fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function searchLogs(bed: TestBed, isPartial: boolean): StageResult {
  const found = bed.findLoggedSecrets();
  if (found?.length === 0 || (found === null && isPartial)) return { passed: 1, failed: 0, output: "" };
  return fail(found ? `Secrets in the logs:\n${found.join("\n")}` : "No test has named a secret to look for.");
}

function fail(output: string): StageResult {
  return { passed: 0, failed: 1, output };
}

/**
 * The names of failed tests as Vitest (`FAIL  file > test`) and Playwright (`1) [browser] › file › test`) write them.
 */
function listFailures(output: string): string[] {
  const lines = stripVTControlCharacters(output).split("\n");
  const names = lines.flatMap((line) => line.match(/^ *(?:FAIL +|\d+\) \[)(.+?)[ ─]*$/)?.[1] ?? []);
  return [...new Set(names)];
}
