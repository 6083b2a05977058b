import { expect, test } from "vitest";
import { BoundedRecords } from "./bounded-records";

function build(rules: ConstructorParameters<typeof BoundedRecords>[0]) {
  const clock = { now: 0 };
  return { clock, records: new BoundedRecords(rules, { longestUnrecorded: 20_000, now: () => clock.now }) };
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

test("a long window is recorded in parts, so that a crash loses little, and announced once", () => {
  const { records, clock } = build(() => ({ window: 60, network: 1 }));
  const admit = () => records.admit("refused", { network: "192.0.2.1" });
  const counted = { kind: "refused", network: "192.0.2.1", client: null };
  expect([admit(), admit(), admit()]).toEqual(["whole", "first counted", "counted"]);
  clock.now = 19_999;
  expect(records.takeSummaries()).toEqual([]);
  clock.now = 20_000;
  expect(records.takeSummaries()).toEqual([{ ...counted, count: 2, since: new Date(0) }]);
  clock.now = 30_000;
  expect(admit()).toBe("counted");
  expect(records.takeSummaries()).toEqual([]);
  clock.now = 50_000;
  expect(records.takeSummaries()).toEqual([{ ...counted, count: 1, since: new Date(30_000) }]);
  clock.now = 80_000;
  expect([admit(), admit()]).toEqual(["whole", "first counted"]);
});

test("what could not be recorded is due again, with what came meanwhile", () => {
  const { records, clock } = build(() => ({ window: 60, network: 1, client: 2, all: 3 }));
  const sources = [1, 2, 3, 4, 5].map((n) => ({ network: `192.0.2.${n}`, client: n < 4 ? "one" : "other" }));
  for (const source of [...sources, ...sources]) records.admit("refused", source);
  clock.now = 20_000;
  const taken = records.takeSummaries();
  expect(taken.reduce((sum, { count }) => sum + count, 0)).toBe(7);
  records.putBack(taken);
  clock.now = 21_000;
  records.admit("refused", { network: "192.0.2.1" });
  const again = records.takeSummaries();
  expect(again.map(({ network, client, count }) => [network, client, count])).toEqual(
    taken.map(({ network, client, count }) => [network, client, network === "192.0.2.1" ? count + 1 : count]),
  );
  expect(again.every(({ since }) => since.getTime() === 0)).toBe(true);
});
