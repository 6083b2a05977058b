import { availableParallelism } from "node:os";
import { defineConfig, devices } from "@playwright/test";

/** The runner (server/test) starts the servers, finds a browser and passes both locations. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  // One for all files, including those of lib: it maps `server-only` to an empty module.
  tsconfig: "e2e/tsconfig.json",
  outputDir: "test-results",
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: false,
  // One more than there are cores: each waits for pages now and then. Beyond four, they only wait for the one server.
  workers: Math.min(availableParallelism() + 1, 4),
  // A shared machine may be slow for a moment. The runner names each test that needed a second attempt.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ["list"],
    ...(process.env.RESULTS_FILE ? [["json", { outputFile: process.env.RESULTS_FILE }] as const] : []),
  ],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.BASE_URL,
    // Recording costs a third of the time: use TRACE=1 npm run test:e2e -- SPEC to investigate a failure.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env.BROWSER_PATH ? { executablePath: process.env.BROWSER_PATH } : {}),
      // Containers have no sandbox for Chromium, and tests must not contact its vendor's servers.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
