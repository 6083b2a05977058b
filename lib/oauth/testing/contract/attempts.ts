import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { addSeconds } from "../../ports/context";
import { epoch } from "../defaults";
import { type CurrentHarness, countTrue, inParallel } from "./harness";

export function describeUsedJtis(harness: CurrentHarness): void {
  test("the first use is true, every other one false; another key is independent", async () => {
    const key = randomUUID();
    const expiresAt = addSeconds(new Date(), 3600);
    expect(await harness().stores.usedJtis.use(key, expiresAt)).toBe(true);
    expect(await harness().elsewhere.usedJtis.use(key, expiresAt)).toBe(false);
    expect(await harness().stores.usedJtis.use(`${key} `, expiresAt)).toBe(true);
  });

  test("F4: of 100 parallel uses exactly one is true", async () => {
    const key = `${randomUUID()} ${"\u0000é🗝".repeat(200)}`;
    const answers = await inParallel(harness(), 100, (stores) => stores.usedJtis.use(key, addSeconds(new Date(), 60)));
    expect(countTrue(answers)).toBe(1);
  });
}

export function describeAttempts(harness: CurrentHarness): void {
  const rule = { limit: 3, window: 60 };

  test("are counted up to the limit, across all processes; from then on there is a time to wait", async () => {
    const { stores, elsewhere } = harness();
    const key = [[randomUUID(), rule]] as const;
    expect(await stores.attempts.wait(key, epoch)).toBe(0);
    for (let time = 0; time < 3; time++) {
      expect(await elsewhere.attempts.wait(key, epoch)).toBe(0);
      expect(await stores.attempts.count(key, epoch)).toBe(0);
    }
    expect(await elsewhere.attempts.wait(key, addSeconds(epoch, 10))).toBe(50);
    expect(await elsewhere.attempts.count(key, addSeconds(epoch, 10))).toBe(50);
  });

  test("are reset when the window ends", async () => {
    const { attempts } = harness().stores;
    const key = [[randomUUID(), rule]] as const;
    for (let time = 0; time < 4; time++) await attempts.count(key, epoch);
    expect(await attempts.wait(key, addSeconds(epoch, 60))).toBe(0);
    expect(await attempts.count(key, addSeconds(epoch, 60))).toBe(0);
  });

  test("of several keys the longest wait counts, and `wait` counts nothing", async () => {
    const { attempts } = harness().stores;
    const [full, free] = [[randomUUID(), rule] as const, [randomUUID(), rule] as const];
    for (let time = 0; time < 3; time++) await attempts.count([full], epoch);
    for (let time = 0; time < 5; time++) expect(await attempts.wait([free, full], epoch)).toBe(60);
    expect(await attempts.count([free], epoch)).toBe(0);
  });

  test("what one key refuses counts under no other", async () => {
    const { attempts } = harness().stores;
    const [narrow, wide] = [[randomUUID(), rule] as const, [randomUUID(), { limit: 5, window: 60 }] as const];
    for (let time = 0; time < 20; time++) await attempts.count([wide, narrow], epoch);
    expect(await attempts.count([wide], epoch)).toBe(0);
    expect(await attempts.count([wide], epoch)).toBe(0);
    expect(await attempts.count([wide], epoch)).toBe(60);
  });

  test("of 60 parallel attempts from one network, each under a different name, only the counted ones count", async () => {
    const network = [randomUUID(), { limit: 10, window: 60 }] as const;
    const account = [randomUUID(), { limit: 40, window: 60 }] as const;
    const waits = await inParallel(harness(), 60, (stores) =>
      stores.attempts.count([[randomUUID(), rule], network, account], epoch),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
    expect(waits.filter((wait) => wait !== 0).every((wait) => wait === 60)).toBe(true);
    // Thirty places are left under the other key, however the sixty met.
    const rest = await inParallel(harness(), 40, (stores) => stores.attempts.count([account], epoch));
    expect(rest.filter((wait) => wait === 0)).toHaveLength(30);
  });

  test("of 50 parallel attempts no more than the limit are let through", async () => {
    const key = [[randomUUID(), { limit: 10, window: 60 }]] as const;
    const waits = await inParallel(harness(), 50, (stores) => stores.attempts.count(key, epoch));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
  });
}
