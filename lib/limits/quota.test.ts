import { describe, expect, test } from "vitest";
import { Quota } from "./quota";

function buildQuota(rules: ConstructorParameters<typeof Quota>[0]) {
  const clock = { now: 0 };
  return { clock, quota: new Quota(rules, () => clock.now) };
}

const network = (index: number) => `192.0.2.${index}`;

describe("what a stranger may cause", () => {
  test("is limited per network, without effect on other networks", () => {
    const { quota } = buildQuota({ window: 60, network: 2 });
    expect([1, 2, 3].map(() => quota.take({ network: network(1) }))).toEqual([
      null,
      null,
      { rule: "network", key: "192.0.2.1", retryAfter: 60 },
    ]);
    expect(quota.take({ network: network(2) })).toBeNull();
  });

  test("is limited per client, across all networks", () => {
    const { quota } = buildQuota({ window: 60, network: 2, client: 3 });
    const refusals = Array.from({ length: 10 }, (_, index) => quota.take({ network: network(index), client: "app" }));
    expect(refusals.filter((refusal) => refusal === null)).toHaveLength(3);
    expect(refusals.at(-1)).toMatchObject({ rule: "client", key: "app" });
    expect(quota.take({ network: network(9), client: "another" })).toBeNull();
  });

  test("is limited in total, and what is refused uses up no other rule", () => {
    const { quota } = buildQuota({ window: 60, network: 3, all: 4 });
    for (let time = 0; time < 50; time++) quota.take({ network: network(1) });
    expect(quota.take({ network: network(2) })).toBeNull();
    expect(quota.take({ network: network(3) })).toMatchObject({ rule: "all", key: null });
  });

  test("is available again when the window ends, and the wait until then is returned", () => {
    const { quota, clock } = buildQuota({ window: 60, network: 1 });
    quota.take({ network: network(1) });
    clock.now = 45_500;
    expect(quota.take({ network: network(1) })?.retryAfter).toBe(15);
    clock.now = 60_000;
    expect(quota.take({ network: network(1) })).toBeNull();
  });

  test("counts by its weight, and a heavy one that doesn't fit leaves room for a light one", () => {
    const { quota } = buildQuota({ window: 60, network: 10 });
    expect(quota.take({ network: network(1) }, 8)).toBeNull();
    expect(quota.take({ network: network(1) }, 3)).not.toBeNull();
    expect(quota.take({ network: network(1) }, 2)).toBeNull();
  });

  test("an unknown source has no rule of its own", () => {
    const { quota } = buildQuota({ window: 60, network: 1, all: 2 });
    expect([1, 2, 3].map(() => quota.take({ network: null }) === null)).toEqual([true, true, false]);
  });

  test("memory is bounded, regardless of the number of networks", () => {
    const { quota } = buildQuota({ window: 60, network: 1 });
    for (let index = 0; index < 50_000; index++) quota.take({ network: `2001:db8:${index.toString(16)}::/64` });
    expect(quota.size).toBeLessThanOrEqual(20_000);
    const refused = buildQuota({ window: 60, network: 5, all: 10 }).quota;
    for (let index = 0; index < 5000; index++) refused.take({ network: `network ${index}` });
    expect(refused.size).toBeLessThanOrEqual(11);
  });
});
