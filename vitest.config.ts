import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { checkAnswersPlugin } from "./server/test/check-answers-plugin.mjs";

const alias = {
  // Throws outside of React's server bundle, and so in tests.
  "server-only": path.resolve("server/server-only-stub.ts"),
  "@": path.resolve("."),
};

/** Enough for lib/env.ts; nothing answers at these addresses. */
const unitEnvironment = {
  NODE_ENV: "test" as const,
  DATABASE_URL: "postgresql://nobody@127.0.0.1:9/none",
  AUTH_SECRET: "a secret of thirty-two characters or more",
  PASSWORD_HASH_COST: "10",
};

const generated = ["**/node_modules/**", ".next/**", ".data/**"];

export default defineConfig({
  resolve: { alias },
  test: {
    // It imports `next/server` without an extension, which only a bundler resolves.
    server: { deps: { inline: ["next-auth"] } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...generated, "**/*.contract.test.ts", "e2e/**"],
          env: unitEnvironment,
          // Loading the modules anew for each file takes three times as long as the tests themselves.
          isolate: false,
        },
      },
      {
        extends: true,
        plugins: [checkAnswersPlugin()],
        test: {
          name: "contract",
          include: ["{lib,server}/**/*.contract.test.ts"],
          exclude: generated,
          env: { ...unitEnvironment, DATABASE_URL: process.env.TEST_DATABASE_URL ?? unitEnvironment.DATABASE_URL },
          // As for the unit tests.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "http",
          include: ["e2e/http/**/*.test.ts"],
          exclude: generated,
          // The tests share nothing but the servers, so the project's modules are loaded once. Two files more than
          // there are cores: some wait for minutes in all, for outages and time-outs.
          isolate: false,
          maxWorkers: Math.min(availableParallelism(), 4) + 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "system",
          include: ["e2e/system/**/*.test.ts"],
          exclude: generated,
          // They start servers, proxies and databases of their own: more at once only slow each other down.
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
