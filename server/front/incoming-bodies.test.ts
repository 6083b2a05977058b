import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { AbandonedError, QueueBusyError } from "@/lib/limits/fair-queue";
import { type Arrived, IncomingBodies } from "./incoming-bodies";

const kilobyte = 1024;

/** A POST whose body the test sends piece by piece. */
function post(url = "/o/token"): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method: "POST", url, headers: { "content-length": "1000000" } });
  request.read(0);
  return request;
}

function send(request: IncomingMessage, bytes: number): void {
  request.push(Buffer.alloc(bytes, "x"));
}

const forNow = () => new Promise((resolve) => setImmediate(resolve));
const measure = async ({ replay }: Arrived) => (await buffer(replay())).length;

/** How it ended, once that is known. */
function hold(bodies: IncomingBodies, request: IncomingMessage, network: string) {
  const outcome = { bytes: null as number | null, error: null as unknown };
  void bodies.hold(request, network, measure).then(
    (bytes) => Object.assign(outcome, { bytes }),
    (error) => Object.assign(outcome, { error }),
  );
  return outcome;
}

test("a body is passed on when it is complete, and one beyond every limit as soon as that is certain", async () => {
  const bodies = new IncomingBodies({ total: 1000 * kilobyte, perNetwork: 1000 * kilobyte });
  const [short, long] = [post(), post()];
  const outcomes = [hold(bodies, short, "a"), hold(bodies, long, "a")];
  send(short, 10);
  send(long, 256 * kilobyte);
  await forNow();
  expect(outcomes.map(({ bytes }) => bytes)).toEqual([null, null]);
  short.push(null);
  send(long, 1);
  await expect.poll(() => outcomes.map(({ bytes }) => bytes)).toEqual([10, 256 * kilobyte + 1]);
});

test("the form with a file may be longer, and has a limit of its own", async () => {
  const bodies = new IncomingBodies({ total: 20_000 * kilobyte, perNetwork: 20_000 * kilobyte });
  const [fits, long] = [post("/admin/users/import/submit"), post("/admin/users/import/submit")];
  const outcomes = [hold(bodies, fits, "a"), hold(bodies, long, "a")];
  send(fits, 4096 * kilobyte);
  fits.push(null);
  send(long, 4096 * kilobyte + 1);
  await expect.poll(() => outcomes.map(({ bytes }) => bytes)).toEqual([4096 * kilobyte, 4096 * kilobyte + 1]);
});

test("a body that is broken off is not passed on", async () => {
  const bodies = new IncomingBodies({ total: kilobyte, perNetwork: kilobyte });
  const request = post();
  const outcome = hold(bodies, request, "a");
  send(request, 10);
  await forNow();
  request.destroy();
  await expect.poll(() => outcome.error).toBeInstanceOf(AbandonedError);
});

test("a network that holds too much loses its oldest pending body, and other networks lose nothing", async () => {
  const bodies = new IncomingBodies({ total: 100 * kilobyte, perNetwork: 4 * kilobyte });
  const [slow, other, quick] = [post(), post(), post()];
  const outcomes = [hold(bodies, other, "b"), hold(bodies, slow, "a"), hold(bodies, quick, "a")];
  send(other, 3 * kilobyte);
  send(slow, 3 * kilobyte);
  await forNow();
  send(quick, 2 * kilobyte);
  await expect.poll(() => outcomes[1]?.error).toBeInstanceOf(QueueBusyError);
  for (const request of [quick, other]) request.push(null);
  await expect.poll(() => outcomes.map(({ bytes }) => bytes)).toEqual([3 * kilobyte, null, 2 * kilobyte]);
});

test("when all hold too much together, the largest makes room for the smallest", async () => {
  const bodies = new IncomingBodies({ total: 10 * kilobyte, perNetwork: 8 * kilobyte });
  const [large, middle, small] = [post(), post(), post()];
  const outcomes = [hold(bodies, middle, "b"), hold(bodies, large, "a"), hold(bodies, small, "c")];
  send(middle, 4 * kilobyte);
  send(large, 5 * kilobyte);
  await forNow();
  send(small, 2 * kilobyte);
  await expect.poll(() => outcomes[1]?.error).toBeInstanceOf(QueueBusyError);
  for (const request of [small, middle]) request.push(null);
  await expect.poll(() => outcomes.map(({ bytes }) => bytes)).toEqual([4 * kilobyte, null, 2 * kilobyte]);
});

test("what has been answered, lost or given up makes room again", async () => {
  const bodies = new IncomingBodies({ total: 4 * kilobyte, perNetwork: 4 * kilobyte });
  for (let index = 0; index < 10; index++) {
    const [whole, lost] = [post(), post()];
    const outcomes = [hold(bodies, whole, "a"), hold(bodies, lost, "a")];
    send(lost, 2 * kilobyte);
    await forNow();
    lost.destroy();
    await expect.poll(() => outcomes[1]?.error).toBeInstanceOf(AbandonedError);
    send(whole, 3 * kilobyte);
    whole.push(null);
    await expect.poll(() => outcomes[0]).toEqual({ bytes: 3 * kilobyte, error: null });
  }
});

test("a body that arrives byte by byte counts for what it costs", async () => {
  const bodies = new IncomingBodies({ total: 4 * kilobyte, perNetwork: 4 * kilobyte });
  const request = post();
  const outcome = hold(bodies, request, "a");
  for (let index = 0; index < 20; index++) {
    send(request, 1);
    await forNow();
  }
  expect(outcome.error).toBeInstanceOf(QueueBusyError);
});
