import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { prepare } from "../setup/prepare.mjs";
import { SetupError } from "../setup/run-program.mjs";
import { findBrowser } from "./find-browser";
import { type RunOptions, runTool } from "./processes";
import { contractSurroundings, type TestBed } from "./test-bed";

export interface StageResult {
  passed: number;
  failed: number;
  /** Parts whose programs are missing on this machine; see e2e/support/needs.ts. */
  unable?: number;
  /** What to show if something failed. */
  output: string;
}

export interface StageContext {
  bed: TestBed;
  /** Arguments for the tool, if only one stage runs. */
  args: string[];
  /** Shows the tool's output immediately. */
  live: boolean;
  report: (line: string) => void;
}

export interface Stage {
  name: string;
  /** Stages that must have passed. */
  needs: string[];
  /** Stages that must have ended, passed or not: they write what this one reads. */
  after?: string[];
  /** A resource that only one stage at a time may use. */
  uses?: string;
  /** How many it keeps busy. */
  cores: number;
  /** Runs only on request: it needs more than Node.js and a browser. */
  isOptional?: true;
  run(context: StageContext): Promise<StageResult>;
}

const biome = "node_modules/@biomejs/biome/bin/biome";

export const stages: Stage[] = [
  { name: "build", needs: [], cores: 1, run: build },
  // Vitest leaves one core free: on two there is one worker, which takes longer than all other checks together.
  { name: "unit", needs: [], cores: 1, run: ({ live, args }) => runVitest("unit", args, { live }) },
  { name: "lint", needs: [], cores: 1, run: ({ live, args }) => runCheck(biome, ["ci", ...args], { live }) },
  { name: "types", needs: [], after: ["build"], cores: 1, run: checkTypes },
  { name: "unused", needs: [], cores: 1, run: () => runCheck("node_modules/knip/bin/knip.js", ["--no-progress"]) },
  // It mostly waits: for databases that come and go, for locks and for timeouts.
  { name: "contract", needs: [], cores: 1, run: runContract },
  {
    name: "http",
    needs: ["build"],
    uses: "servers",
    cores: 2,
    run: async ({ bed, live, args }) => runVitest("http", args, { live, env: await bed.getServerEnvironment() }),
  },
  { name: "e2e", needs: ["build"], uses: "servers", cores: 2, run: runBrowserTests },
  { name: "system", needs: ["build"], uses: "servers", cores: 2, isOptional: true, run: runSystemTests },
];

/** A tool that passes or fails counts as one test. */
async function runCheck(script: string, args: string[], options: RunOptions = {}): Promise<StageResult> {
  const { code, output } = await runTool(script, args, options);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

/** In parallel east of UTC and west of it: nothing that is stored or compared may depend on a time zone. */
async function runContract({ bed, live, args, report }: StageContext): Promise<StageResult> {
  // Tests in server/ create their own databases, with their own zones: once is enough.
  const isOnce = args.some((arg) => arg.startsWith("server/"));
  const results = await Promise.all(
    contractSurroundings.slice(0, isOnce ? 1 : undefined).map(async (surroundings, index) => {
      const { processZone, settings } = surroundings;
      report(`database in ${settings.TimeZone}, process in ${processZone}`);
      const env = await bed.createContractEnvironment(surroundings);
      const isAll = index === 0 || args.some((arg) => !arg.startsWith("--"));
      return runVitest("contract", isAll ? args : ["lib/", ...args], { live, env });
    }),
  );
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failed: results.reduce((sum, { failed }) => sum + failed, 0),
    output: results
      .filter(({ failed }) => failed > 0)
      .map(({ output }) => output)
      .join("\n"),
  };
}

async function checkTypes({ live, args }: StageContext): Promise<StageResult> {
  // Route types of the last build describe the routes of the last build.
  const routeTypes = await runCheck("node_modules/next/dist/bin/next", ["typegen"]);
  if (routeTypes.failed > 0) return routeTypes;
  return runCheck("node_modules/typescript/bin/tsc", ["--noEmit", ...args], { live });
}

async function build({ report }: StageContext): Promise<StageResult> {
  try {
    await prepare({ build: true, dev: true, report });
    return { passed: 1, failed: 0, output: "" };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { passed: 0, failed: 1, output: error.message };
  }
}

async function runBrowserTests({ bed, args, live, report }: StageContext): Promise<StageResult> {
  const browser = await findBrowser(report);
  const env = { ...(await bed.getServerEnvironment()), ...(browser ? { BROWSER_PATH: browser } : {}) };
  return withResultsFile(async (file) => {
    const outcome = await runTool("node_modules/@playwright/test/cli.js", ["test", ...args], {
      env: { ...env, RESULTS_FILE: file },
      live,
    });
    return count(outcome, () => {
      const { stats, errors, suites }: BrowserResults = JSON.parse(readFileSync(file, "utf8"));
      for (const title of suites.flatMap(findFlaky)) report(`passed at the second try: ${title}`);
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
    });
  });
}

interface BrowserResults {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: unknown[];
  suites: BrowserSuite[];
}

interface BrowserSuite {
  file: string;
  specs: { title: string; line: number; tests: { status: string }[] }[];
  suites?: BrowserSuite[];
}

function findFlaky({ file, specs, suites = [] }: BrowserSuite): string[] {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === "flaky"));
  return [...own.map(({ title, line }) => `${file}:${line} ${title}`), ...suites.flatMap(findFlaky)];
}

/** Tests with programs of the system. A part whose programs are missing says so in one line. */
async function runSystemTests({ bed, live, args, report }: StageContext): Promise<StageResult> {
  const servers = await bed.getServerEnvironment();
  return withResultsFile(async (file) => {
    const unableFile = `${file}.unable`;
    writeFileSync(unableFile, "");
    // Debian installs daemons in folders that only root's PATH includes.
    const searched = `${servers.PATH}:/usr/local/sbin:/usr/sbin:/sbin`;
    // Starting the server as root is part of what they test.
    const env = { ...servers, SERVER_USER: "", COULD_NOT_RUN: unableFile, PATH: searched };
    const result = await runVitest("system", args, { live, env });
    const unable = readFileSync(unableFile, "utf8").split("\n").filter(Boolean);
    for (const line of unable) report(`could not run here: ${line}`);
    return { ...result, unable: unable.length };
  });
}

function runVitest(project: string, args: string[], options: RunOptions): Promise<StageResult> {
  return withResultsFile(async (file) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const tool = ["run", "--project", project, ...reporters, ...args];
    const outcome = await runTool("node_modules/vitest/vitest.mjs", tool, options);
    return count(outcome, () => {
      const results = JSON.parse(readFileSync(file, "utf8"));
      // A file that fails before its first test contains no failed test.
      const broken = results.testResults.filter(
        (result: { status: string; assertionResults: { status: string }[] }) =>
          result.status === "failed" && result.assertionResults.every(({ status }) => status !== "failed"),
      );
      return { passed: results.numPassedTests, failed: results.numFailedTests + broken.length };
    });
  });
}

/** A tool that failed has at least one failure, whatever its results say, even if there are none. */
function count(outcome: { code: number | null; output: string }, read: () => { passed: number; failed: number }) {
  let numbers = { passed: 0, failed: 0 };
  try {
    numbers = read();
  } catch {
    return { passed: 0, failed: 1, output: outcome.output };
  }
  const failed = outcome.code === 0 ? numbers.failed : Math.max(1, numbers.failed);
  return { passed: numbers.passed, failed, output: outcome.output };
}

async function withResultsFile<T>(work: (file: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(path.join(tmpdir(), "latchkey-results-"));
  try {
    return await work(path.join(directory, "results.json"));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
