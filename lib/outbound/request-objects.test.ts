import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { digest } from "@/lib/oauth/wire/digest";
import { OutboundBusyError } from "./fetch-error";
import { fetchPublishedObject, RequestObjectCache } from "./request-objects";

let server: Server;
let address: string;
/** The publisher's answer. */
let answer: RequestListener;
/** The requested paths. */
let asked: (string | undefined)[];
let seconds: number;
let failed: unknown[];
let cache: RequestObjectCache;

const publish =
  (text: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(200, { "Content-Type": "application/jwt", ...headers }).end(text);

beforeEach(async () => {
  answer = publish("object");
  asked = [];
  seconds = 0;
  failed = [];
  server = createServer((request, response) => {
    asked.push(request.url);
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/object`;
  cache = new RequestObjectCache({
    now: () => seconds * 1000,
    onFailure: (_address, _client, error) => failed.push(error),
    fetchObject: (from) => fetchPublishedObject(from, ["127.0.0.1"]),
  });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test("any number of requests makes one call, and another one after a minute", async () => {
  const found = await Promise.all(Array.from({ length: 100 }, () => cache.fetch(address, "client")));
  expect(found).toEqual(Array(100).fill("object"));
  seconds = 59;
  for (let time = 0; time < 100; time += 1) await cache.fetch(address, `client ${time}`);
  expect(asked).toHaveLength(1);
  answer = publish("changed");
  seconds = 60;
  expect(await cache.fetch(address, "client")).toBe("changed");
  expect(asked).toEqual(["/object", "/object"]);
});

test("OpenID Connect Core §6.2: content that the fragment names by its hash is kept for an hour", async () => {
  const named = `${address}#${digest("object")}`;
  for (seconds = 0; seconds < 3600; seconds += 100) expect(await cache.fetch(named, "client")).toBe("object");
  expect(asked).toHaveLength(1);
  seconds = 3600;
  await cache.fetch(named, "client");
  expect(asked).toEqual(["/object", "/object"]);
});

test("OpenID Connect Core §6.2: another fragment invalidates what was kept", async () => {
  expect(await cache.fetch(`${address}#${digest("object")}`, "client")).toBe("object");
  answer = publish("next");
  expect(await cache.fetch(`${address}#${digest("next")}`, "client")).toBe("next");
  answer = publish("third");
  expect(await cache.fetch(`${address}#v3`, "client")).toBe("third");
  expect(await cache.fetch(`${address}#v3`, "client")).toBe("third");
  expect(asked).toHaveLength(3);
});

test("attack: made-up fragments reach the publisher 60 times a minute, and don't get in the way of the right one", async () => {
  const named = `${address}#${digest("object")}`;
  await cache.fetch(named, "client");
  for (let time = 0; time < 500; time += 1) {
    await cache.fetch(`${address}#${time}`, "client");
    expect(await cache.fetch(named, "client")).toBe("object");
  }
  expect(asked).toHaveLength(60);
  expect(failed).toHaveLength(441);
  expect(failed[0]).toBeInstanceOf(OutboundBusyError);
  seconds = 60;
  await cache.fetch(`${address}#made-up`, "client");
  expect(asked).toHaveLength(61);
});

test("attack: at the same time as well", async () => {
  await Promise.all(Array.from({ length: 500 }, (_, time) => cache.fetch(`${address}#${time}`, "client")));
  expect(asked.length).toBeLessThanOrEqual(60);
});

test("attack: many clients that name one host reach it 120 times a minute", async () => {
  for (let time = 0; time < 500; time += 1) await cache.fetch(`${address}/${time}`, `client ${time}`);
  expect(asked).toHaveLength(120);
});

test("a client that has used up its own limit doesn't affect others", async () => {
  for (let time = 0; time < 100; time += 1) await cache.fetch(`${address}/${time}`, "busy");
  expect(asked).toHaveLength(60);
  expect(await cache.fetch(`${address}/other`, "other")).toBe("object");
});

test("after failures the pauses grow, whatever the fragment", async () => {
  answer = (_request, response) => response.writeHead(500).end();
  const attemptedAt: number[] = [];
  for (seconds = 0; seconds <= 700; seconds += 1) {
    const before = asked.length;
    expect(await cache.fetch(`${address}#${seconds}`, "client")).toBeNull();
    if (asked.length > before) attemptedAt.push(seconds);
  }
  expect(attemptedAt).toEqual([0, 10, 30, 70, 150, 310, 610]);
  answer = publish("object");
  seconds = 910;
  expect(await cache.fetch(address, "client")).toBe("object");
});

test.each(["no-store", "private, no-cache", "max-age=0, must-revalidate", "NO-STORE"])(
  "RFC 9111 §5.2.2: with Cache-Control: %s nothing is kept, but concurrent requests share one call",
  async (value) => {
    answer = publish("once", { "Cache-Control": value });
    await Promise.all(Array.from({ length: 20 }, () => cache.fetch(address, "client")));
    expect(asked).toHaveLength(1);
    answer = (_request, response) => response.writeHead(404).end();
    expect(await cache.fetch(address, "client")).toBeNull();
    expect(await cache.fetch(`${address}#${digest("once")}`, "client")).toBeNull();
  },
);

test("a publisher that wasn't called because there were too many calls hasn't failed", async () => {
  let isBusy = true;
  cache = new RequestObjectCache({
    now: () => seconds * 1000,
    onFailure: (_address, _client, error) => failed.push(error),
    fetchObject: (from) =>
      isBusy ? Promise.reject(new OutboundBusyError()) : fetchPublishedObject(from, ["127.0.0.1"]),
  });
  expect(await cache.fetch(address, "client")).toBeNull();
  isBusy = false;
  expect(await cache.fetch(address, "client")).toBe("object");
});
