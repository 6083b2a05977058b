import { beforeEach, expect, test } from "vitest";
import { DatabaseClock } from "./clock";

const hour = 3_600_000;

/** A machine and a database, each with its own clock; time passes only when a test says so. */
class World {
  /** The real time that has passed, in milliseconds. */
  elapsed = 0;
  /** How long the machine has slept, during which its monotonic clock stood still. */
  slept = 0;
  systemError = 0;
  isReachable = true;
  reads = 0;
  /** Travel times to the database and back, used in turn; the last one is repeated. */
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

test("takes half of the round trip for the way back", async () => {
  world.ways = [[20, 20]];
  await world.clock.refresh(world.read);
  expect(world.error).toBe(0);
  expect(world.reads).toBe(1);
});

test("reads again after a slow answer, and uses the fastest one", async () => {
  world.ways = [
    [10, 900],
    [5, 205],
    [40, 80],
  ];
  await world.clock.refresh(world.read);
  expect(world.reads).toBe(3);
  expect(Math.abs(world.error)).toBe(20);
});

test("an answer that is always slow doesn't replace a good one from minutes ago, but one from an hour ago", async () => {
  await world.clock.refresh(world.read);
  world.ways = [[0, 4000]];
  world.elapsed += 60_000;
  await world.clock.refresh(world.read);
  expect(world.error).toBe(0);
  world.elapsed += hour;
  await world.clock.refresh(world.read);
  expect(Math.abs(world.error)).toBe(2000);
});

test("without the database it follows the monotonic clock, whatever happens to the system clock", async () => {
  await world.clock.refresh(world.read);
  world.isReachable = false;
  world.systemError = hour;
  world.elapsed += 2 * hour;
  await expect(world.clock.refresh(world.read)).rejects.toThrow("unreachable");
  expect(world.error).toBe(0);
});

test("setting the system clock makes the reading doubtful until the next one", async () => {
  await world.clock.refresh(world.read);
  world.elapsed += hour;
  expect(world.clock.isDoubtful).toBe(false);
  world.systemError = -5000;
  expect(world.clock.isDoubtful).toBe(true);
  await world.clock.refresh(world.read);
  expect(world.clock.isDoubtful).toBe(false);
  expect(world.error).toBe(0);
});

test("a machine that slept knows that it has to read again", async () => {
  await world.clock.refresh(world.read);
  world.elapsed += hour;
  world.slept += hour;
  expect(world.error).toBe(-hour);
  expect(world.clock.isDoubtful).toBe(true);
  await world.clock.refresh(world.read);
  expect(world.error).toBe(0);
});

test("concurrent calls share one reading", async () => {
  await Promise.all([world.clock.refresh(world.read), world.clock.refresh(world.read)]);
  expect(world.reads).toBe(1);
});

test("before the first reading it returns the system time", () => {
  world.systemError = 123;
  expect(world.error).toBe(123);
  expect(world.clock.isDoubtful).toBe(false);
});
