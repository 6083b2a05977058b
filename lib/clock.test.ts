import { beforeEach, expect, test } from "vitest";
import { DatabaseClock } from "./clock";

const hour = 3_600_000;

/** A machine and a database with clocks of their own; time passes only as the tests say. */
class World {
  /** What really passes, in milliseconds. */
  elapsed = 0;
  /** For how long the machine has slept: its monotonic clock has stood still. */
  slept = 0;
  systemError = 0;
  isReachable = true;
  reads = 0;
  /** How long the way to the database and back takes, in turn; the last one stays. */
  ways: [there: number, back: number][] = [[1, 1]];
  readonly clock = new DatabaseClock({
    monotonic: () => 5000 + this.elapsed - this.slept,
    system: () => this.true + this.systemError,
  });

  get true(): number {
    return 1_800_000_000_000 + this.elapsed;
  }

  read = async () => {
    if (!this.isReachable) throw new Error("unreachable");
    const [there, back] = this.ways[Math.min(this.reads, this.ways.length - 1)] ?? [0, 0];
    this.reads += 1;
    this.elapsed += there;
    const at = new Date(this.true);
    this.elapsed += back;
    return at;
  };

  get error(): number {
    return this.clock.now().getTime() - this.true;
  }
}

let world: World;

beforeEach(() => {
  world = new World();
});

test.each([-hour, -90_000, 0, 90_000, hour])("a system clock that is %d ms ahead doesn't matter", async (ahead) => {
  world.systemError = ahead;
  await world.clock.refresh(world.read);
  expect(world.error).toBe(0);
  expect(world.clock.lead).toBe(ahead);
});

test("half of the round trip is taken for the way back", async () => {
  world.ways = [[20, 20]];
  await world.clock.refresh(world.read);
  expect(world.error).toBe(0);
  expect(world.reads).toBe(1);
});

test("a slow answer is asked for again, and the fastest one counts", async () => {
  world.ways = [
    [10, 900],
    [5, 205],
    [40, 80],
  ];
  await world.clock.refresh(world.read);
  expect(world.reads).toBe(3);
  expect(Math.abs(world.error)).toBe(20);
});

test("an answer that is slow every time doesn't replace a good one of minutes ago, but one of an hour ago", async () => {
  await world.clock.refresh(world.read);
  world.ways = [[0, 4000]];
  world.elapsed += 60_000;
  await world.clock.refresh(world.read);
  expect(world.error).toBe(0);
  world.elapsed += hour;
  await world.clock.refresh(world.read);
  expect(Math.abs(world.error)).toBe(2000);
});

test("without the database it goes on by the monotonic clock, whatever is done to the system's", async () => {
  await world.clock.refresh(world.read);
  world.isReachable = false;
  world.systemError = hour;
  world.elapsed += 2 * hour;
  await expect(world.clock.refresh(world.read)).rejects.toThrow("unreachable");
  expect(world.error).toBe(0);
});

test("a system clock that is set makes the reading doubtful until the next one", async () => {
  await world.clock.refresh(world.read);
  world.elapsed += hour;
  expect(world.clock.isDoubtful).toBe(false);
  world.systemError = -5000;
  expect(world.clock.isDoubtful).toBe(true);
  await world.clock.refresh(world.read);
  expect(world.clock.isDoubtful).toBe(false);
  expect(world.error).toBe(0);
});

test("a machine that slept knows that it has to look again", async () => {
  await world.clock.refresh(world.read);
  world.elapsed += hour;
  world.slept += hour;
  expect(world.error).toBe(-hour);
  expect(world.clock.isDoubtful).toBe(true);
  await world.clock.refresh(world.read);
  expect(world.error).toBe(0);
});

test("calls at the same time share one reading", async () => {
  await Promise.all([world.clock.refresh(world.read), world.clock.refresh(world.read)]);
  expect(world.reads).toBe(1);
});

test("before the first reading it is the system's time", () => {
  world.systemError = 123;
  expect(world.error).toBe(123);
  expect(world.clock.isDoubtful).toBe(false);
});
