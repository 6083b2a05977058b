import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

let logBounded: typeof import("./bounded-log").logBounded;
let logSuppressed: typeof import("./bounded-log").logSuppressed;

// A separate logger and records: another file's logger may have been created before `write` is replaced here.
beforeAll(async () => {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, "latchkeyBoundedLog");
  ({ logBounded, logSuppressed } = await import("./bounded-log"));
});

afterAll(() => vi.resetModules());

let written = "";

beforeEach(() => {
  written = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    written += chunk;
    return true;
  });
});

afterEach(() => {
  logSuppressed();
  vi.restoreAllMocks();
});

const readLines = (): Record<string, unknown>[] =>
  written
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test("a flood from one network is a limited number of lines, a notice that there are more, and finally their number", () => {
  const source = { network: "192.0.2.1" };
  for (let time = 0; time < 5000; time++) logBounded("info", { sent: "x".repeat(100_000) }, "refused", source);
  expect(readLines()).toHaveLength(101);
  expect(readLines().at(-1)).toMatchObject({ of: "refused", network: "192.0.2.1" });
  expect(written.length).toBeLessThan(150_000);
  logBounded("info", {}, "refused", { network: "192.0.2.2" });
  expect(readLines()).toHaveLength(102);
  logSuppressed();
  expect(readLines().at(-1)).toMatchObject({ of: "refused", network: "192.0.2.1", count: 4900 });
});

test("messages that contain sent values count as one kind", () => {
  for (let time = 0; time < 3000; time++) {
    logBounded("error", {}, `No such action: ${time}`, { network: null }, "console.error");
  }
  expect(readLines()).toHaveLength(1001);
});

test("an error has a bounded message and stack, whatever the database quotes in it", () => {
  const error = new Error(`Invalid query: ${"x".repeat(1_000_000)}`);
  logBounded("error", { err: error }, "failed", { network: "192.0.2.3" });
  expect(written.length).toBeLessThan(6000);
  expect(readLines()[0]).toMatchObject({
    err: { type: "Error", message: expect.stringMatching(/^Invalid query: x+…$/) },
  });
});
