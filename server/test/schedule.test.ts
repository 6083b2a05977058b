import { expect, test } from "vitest";
import { type Ending, runSideBySide } from "./schedule";
import type { Stage } from "./stages";

const stage = (name: string, options: Partial<Stage> = {}): Stage => ({
  name,
  needs: [],
  cores: 1,
  run: async () => ({ passed: 1, failed: 0, output: "" }),
  ...options,
});

/** Which stages were running whenever one started. */
async function watch(stages: Stage[], room: number, endings: Record<string, Ending> = {}): Promise<string[]> {
  const running = new Set<string>();
  const seen: string[] = [];
  await runSideBySide(stages, room, async ({ name }, blocker) => {
    running.add(name);
    seen.push(blocker ? `${name} without ${blocker}` : [...running].join("+"));
    // The earlier in the list, the longer.
    const turns = 50 * (stages.length - stages.findIndex((one) => one.name === name));
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    running.delete(name);
    return endings[name] ?? "passed";
  });
  return seen;
}

test("stages that fit run in parallel, and never more", async () => {
  expect(await watch([stage("a"), stage("b"), stage("c")], 2)).toEqual(["a", "a+b", "a+c"]);
  expect(await watch([stage("a", { cores: 2 }), stage("b", { cores: 2 })], 3)).toEqual(["a", "b"]);
});

test("a stage that is larger than the machine runs alone", async () => {
  expect(await watch([stage("a"), stage("b", { cores: 8 }), stage("c")], 2)).toEqual(["a", "a+c", "b"]);
});

test("a stage waits for those that it needs or comes after, and for none that isn't selected", async () => {
  expect(await watch([stage("a", { needs: ["b"], after: ["c"] }), stage("b")], 4)).toEqual(["b", "a"]);
});

test("two stages that use the same resource take turns", async () => {
  expect(await watch([stage("a", { uses: "servers" }), stage("b", { uses: "servers" }), stage("c")], 9)).toEqual([
    "a",
    "a+c",
    "b",
  ]);
});

test("a stage that needs a failed one is told so", async () => {
  expect(
    await watch([stage("a"), stage("b", { needs: ["a"] }), stage("c", { after: ["a"] })], 9, { a: "failed" }),
  ).toEqual(["a", "b without a", "b+c"]);
});
