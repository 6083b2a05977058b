import { expect, test } from "vitest";
import { BoundedRecords } from "./bounded-records";

function build(rules: ConstructorParameters<typeof BoundedRecords>[0]) {
  const clock = { now: 0 };
  return { clock, records: new BoundedRecords(rules, () => clock.now) };
}

test("the first ones are recorded in full, the rest as a number, once per window", () => {
  const { records, clock } = build(() => ({ window: 60, network: 2, all: 10 }));
  const answers = Array.from({ length: 5 }, () => records.admit("refused", { network: "192.0.2.1" }));
  expect(answers).toEqual(["whole", "whole", "first counted", "counted", "counted"]);
  expect(records.takeSummaries()).toEqual([]);
  clock.now = 60_000;
  expect(records.takeSummaries()).toEqual([
    { kind: "refused", network: "192.0.2.1", client: null, count: 3, since: new Date(0) },
  ]);
  expect(records.takeSummaries()).toEqual([]);
  expect(records.admit("refused", { network: "192.0.2.1" })).toBe("whole");
});

test("each kind has its own limits", () => {
  const { records } = build((kind) => ({ window: 60, network: kind === "refused" ? 1 : 2 }));
  const source = { network: "192.0.2.1" };
  expect(["refused", "refused", "failed", "failed", "failed"].map((kind) => records.admit(kind, source))).toEqual([
    "whole",
    "first counted",
    "whole",
    "whole",
    "first counted",
  ]);
});

test("a flood from very many networks makes as many records as the total limit, and few summaries", () => {
  const { records } = build(() => ({ window: 60, network: 5, client: 20, all: 50 }));
  const answers = Array.from({ length: 20_000 }, (_, index) =>
    records.admit("refused", { network: `2001:db8:${(index % 4000).toString(16)}::/64`, client: `app ${index % 7}` }),
  );
  expect(answers.filter((answer) => answer === "whole")).toHaveLength(50);
  const summaries = records.takeSummaries({ unfinished: true });
  expect(summaries.length).toBeLessThanOrEqual(50 / 5 + 50 / 20 + 1);
  expect(summaries.reduce((sum, { count }) => sum + count, 0)).toBe(20_000 - 50);
});
