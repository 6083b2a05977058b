import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FetchError, OutboundBusyError } from "./fetch-error";
import { type FetchOptions, fetchPublicJson } from "./fetch-public";
import { OutboundCalls } from "./outbound-calls";
import { postPublicForm } from "./post-public-form";

const servers: Server[] = [];
let calls: OutboundCalls;
let options: FetchOptions;

beforeEach(() => {
  calls = new OutboundCalls();
  options = { privateNetworks: ["127.0.0.1"], calls };
});

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on 127.0.0.1 that counts its requests, in total and open at the same time. */
async function serve(answer: RequestListener) {
  const seen = { url: "", requests: 0, open: 0, mostOpen: 0 };
  const server = createServer((request, response) => {
    seen.requests += 1;
    seen.open += 1;
    seen.mostOpen = Math.max(seen.mostOpen, seen.open);
    response.on("close", () => {
      seen.open -= 1;
    });
    answer(request, response);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  seen.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return seen;
}

const quick: RequestListener = (_request, response) =>
  response.writeHead(200, { "Content-Type": "application/json" }).end("{}");

/** The errors of calls made at the same time, by name; null for each that succeeded. */
async function outcomes(pending: Promise<unknown>[]): Promise<(string | null)[]> {
  const settled = await Promise.allSettled(pending);
  return settled.map((outcome) => (outcome.status === "rejected" ? outcome.reason.name : null));
}

test("attack: a slow receiver is called four times at once, and delays no other", async () => {
  const [slow, other] = [await serve(() => {}), await serve(quick)];
  const hanging = Array.from({ length: 50 }, () => fetchPublicJson(slow.url, { ...options, timeout: 400 }));
  const told = outcomes(hanging);
  expect(await outcomes(Array.from({ length: 4 }, () => fetchPublicJson(other.url, options)))).toEqual(
    Array(4).fill(null),
  );
  expect((await told).filter((name) => name === OutboundBusyError.name)).toHaveLength(46);
  expect((await told).filter((name) => name === FetchError.name)).toHaveLength(4);
  expect([slow.requests, slow.mostOpen, calls.underWay]).toEqual([4, 4, 0]);
});

test("deliveries to one receiver wait their turn, and all arrive", async () => {
  const receiver = await serve((_request, response) => setImmediate(() => response.writeHead(204).end()));
  const posts = Array.from({ length: 40 }, () => postPublicForm(receiver.url, { logout_token: "x" }, options));
  expect(await outcomes(posts)).toEqual(Array(40).fill(null));
  expect(receiver.requests).toBe(40);
  expect(receiver.mostOpen).toBeLessThanOrEqual(8);
  expect(calls.underWay).toBe(0);
});

test("a refused call, a failed one and one given up release their places", async () => {
  const failing = await serve((_request, response) => response.writeHead(500).end());
  for (let time = 0; time < 20; time += 1) {
    await expect(fetchPublicJson(failing.url, options)).rejects.toThrow("status 500");
    await expect(fetchPublicJson("http://127.0.0.1:9/", options)).rejects.toThrow(FetchError);
    const nowhere = { ...options, resolve: () => Promise.reject(new Error("ENOTFOUND")) };
    await expect(fetchPublicJson("http://nowhere.example/", nowhere)).rejects.toThrow("ENOTFOUND");
  }
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls.underWay).toBe(0);
});

test("attack: a name server that doesn't answer keeps its places until the system has given up on it", async () => {
  let giveUp: ((error: Error) => void) | undefined;
  const resolve = () =>
    new Promise<string[]>((_resolve, reject) => {
      giveUp = reject;
    });
  const lost = fetchPublicJson("http://lost.example/", { ...options, timeout: 20, resolve });
  await expect(lost).rejects.toThrow("no complete answer in time");
  expect(calls.underWay).toBe(1);
  giveUp?.(new Error("ETIMEOUT"));
  await new Promise((done) => setImmediate(done));
  expect(calls.underWay).toBe(0);
});
