import { availableParallelism } from "node:os";
import { defineConfig, devices } from "@playwright/test";

/** The runner (server/test) starts the servers, finds a browser and says where both are. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  // One for all files, those of lib too: it maps `server-only` to an empty module.
  tsconfig: "e2e/tsconfig.json",
  outputDir: "test-results",
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: false,
  // Beyond four, they only wait for the one server.
  workers: Math.min(Math.max(availableParallelism(), 2), 4),
  // A machine that others use as well may be slow for a moment. The runner names each test that needed its second try.
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
    // Recording costs a third of the time: TRACE=1 npm run test:e2e -- SPEC when there is something to look into.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env.BROWSER_PATH ? { executablePath: process.env.BROWSER_PATH } : {}),
      // A container has no sandbox for Chromium, and a test has no business with its makers' servers.
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
