import { chmodSync, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { hasContent, hashFiles, writeInto } from "./files.mjs";
import { importTypeScript } from "./import-typescript.mjs";
import { installHooks } from "./install-hooks.mjs";
import { arePackagesInstalled, installPackages } from "./install-packages.mjs";
import { withLock } from "./lock.mjs";
import { runProgram, SetupError } from "./run-program.mjs";

const clientDir = "lib/db/generated";
const clientStamp = `${clientDir}/.made-from`;
const clientSources = ["prisma/schema.prisma", "package-lock.json"];
const buildStamp = ".next/.made-from";
const buildSources = [
  "app",
  "components",
  "lib",
  "public",
  "instrumentation.ts",
  "proxy.ts",
  "prisma/schema.prisma",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/**
 * @typedef {{ doing: string, done: string, isDone: () => boolean, run: () => Promise<void> }} Step
 * @typedef {(message: string) => void} Report receives one line per step that had something to do
 */

/** @param {{ dev: boolean }} scope */
function installStep({ dev }) {
  return {
    doing: "Installing packages",
    done: "Installed the packages",
    isDone: () => arePackagesInstalled({ dev }),
    run: installPackages,
  };
}

/** @type {Step} */
const generateStep = {
  doing: "Generating the database client",
  done: "Generated the database client",
  isDone: () => hasContent(clientStamp, hashFiles(clientSources)),
  async run() {
    rmSync(clientStamp, { force: true });
    const digest = hashFiles(clientSources);
    // `prisma generate` requires its engine to exist, downloads it otherwise, and then doesn't use it.
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" };
    await runProgram(process.execPath, ["node_modules/prisma/build/index.js", "generate"], { env });
    writeInto(clientStamp, digest);
  },
};

function hashBuildSources() {
  return hashFiles(buildSources, (file) => file !== path.normalize(clientDir) && !/\.test\.tsx?$/.test(file));
}

/** @type {Step} */
const buildStep = {
  doing: "Building the application (about a minute)",
  done: "Built the application",
  isDone: () => hasContent(buildStamp, hashBuildSources()),
  async run() {
    const folder = process.getuid?.() === 0 ? await importTypeScript("server/root/build-folder.ts") : null;
    const owner = folder?.removeForeignBuild();
    closeBuildFolder();
    rmSync(buildStamp, { force: true });
    const digest = hashBuildSources();
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    await runProgram(process.execPath, ["node_modules/next/dist/bin/next", "build"], { env });
    writeInto(buildStamp, digest);
    if (owner) folder.handOverBuild(owner);
  },
};

/** Rejects a Node.js that is too old, before something fails in a less obvious way. */
function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(`Latchkey needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  }
}

/**
 * Prepares the checkout to run the server, the commands or the tests. Skips everything that is already done.
 * @param {{ build: boolean, dev?: boolean, report: Report }} options dev: including packages that only tests need
 */
export async function prepare({ build, dev = false, report }) {
  checkNodeVersion();
  // `next build` checks types, which needs the development packages.
  const needsDev = dev || (build && !buildStep.isDone());
  const steps = [installStep({ dev: needsDev }), generateStep, ...(build ? [buildStep] : [])];
  if (!steps.every((step) => step.isDone())) {
    // Outside of node_modules, which `npm ci` removes.
    writeInto(".latchkey/.gitignore", "*\n");
    const onWait = () => report("Waiting for another start in this folder");
    await withLock(".latchkey/turn", () => runSteps(steps, report), { onWait });
  }
  closeBuildFolder();
  await installHooks();
}

/** A build contains the keys with which Next.js seals what it sends to browsers. */
function closeBuildFolder() {
  try {
    // Not `recursive`: on a read-only file system that fails with ENOENT.
    if (!existsSync(".next")) mkdirSync(".next", { mode: 0o700 });
    if (statSync(".next").mode & 0o077) chmodSync(".next", 0o700);
  } catch (error) {
    // It belongs to another user, who closes it at the next start, or to an image that no longer changes; or another
    // start is creating or removing it at this moment.
    if (
      !["EPERM", "EACCES", "EROFS", "EEXIST", "ENOENT"].includes(
        /** @type {NodeJS.ErrnoException} */ (error).code ?? "",
      )
    )
      throw error;
  }
}

/**
 * @param {Step[]} steps
 * @param {Report} report
 */
async function runSteps(steps, report) {
  for (const step of steps) {
    if (step.isDone()) continue;
    const startedAt = performance.now();
    report(`${step.doing} …`);
    await step.run();
    report(`${step.done} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  }
}
