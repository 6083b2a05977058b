import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createFront, type Front, findTargetFault } from "./front";

let front: Front | undefined;

afterEach(() => front?.drain(0));

interface Opened {
  /** Resolves to all that was answered when the server has closed the connection. */
  send(request: string): Promise<string>;
  seenHeaders: IncomingHttpHeaders[];
  logged: unknown[];
}

interface Opening {
  fails?: boolean;
  upgrades?: boolean;
  answerAfter?: number;
  trustedProxies?: string[];
}

async function openFront(opening: Opening = {}): Promise<Opened> {
  const { fails = false, upgrades = false, answerAfter = 0, trustedProxies = [] } = opening;
  const seenHeaders: IncomingHttpHeaders[] = [];
  const logged: unknown[] = [];
  front = createFront({
    handle: async (request, response) => {
      seenHeaders.push(request.headers);
      if (fails) throw new Error("the database password is hunter2");
      setTimeout(() => response.end("fine"), answerAfter);
    },
    upgrade: upgrades ? (_request, socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n") : null,
    logError: (reference, error) => logged.push(reference, error),
    trustedProxies,
  });
  front.server.listen(0, "127.0.0.1");
  await once(front.server, "listening");
  const { port } = front.server.address() as AddressInfo;
  return {
    seenHeaders,
    logged,
    async send(request) {
      const socket = connect(port, "127.0.0.1");
      socket.write(request);
      let answer = "";
      for await (const chunk of socket) answer += chunk;
      return answer;
    },
  };
}

const get = (target: string, ...headers: string[]) =>
  [`GET ${target} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers, "", ""].join("\r\n");

test.each(["/", "/o/token/", "/?a=%20&b=?", "/a%20b", "/%E2%82%AC"])("%s is a fair target", (target) => {
  expect(findTargetFault(target)).toBeNull();
});

test.each(["/%", "/%zz", "/a%E2%82", "/%00", "/?a=%zz", "/?a=%FF", "http://localhost/", "*", ""])(
  "%s is refused",
  (target) => {
    expect(findTargetFault(target)).not.toBeNull();
  },
);

test("a malformed target gets 400 in OAuth's terms and never reaches the application", async () => {
  const opened = await openFront();
  const answer = await opened.send(get("/o/%zz"));
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('{"error":"invalid_request","error_description":');
  expect(opened.seenHeaders).toEqual([]);
});

test("what only a proxy may say is removed, and the client's address is the socket's", async () => {
  const opened = await openFront();
  await opened.send(
    get(
      "/",
      "X-Forwarded-For: 203.0.113.9",
      "X-Forwarded-Host: evil.example",
      "Forwarded: for=203.0.113.9",
      "X-Real-IP: 203.0.113.9",
      "X-Middleware-Subrequest: middleware",
      "X-Latchkey-Remote-Address: 203.0.113.9",
      "X-Request-Id: kept",
    ),
  );
  expect(opened.seenHeaders).toEqual([
    {
      host: "localhost",
      connection: "close",
      "x-request-id": "kept",
      "x-latchkey-remote-address": "127.0.0.1",
    },
  ]);
});

test("a trusted proxy says who the client is, and nothing else", async () => {
  const opened = await openFront({ trustedProxies: ["127.0.0.0/8"] });
  await opened.send(
    get(
      "/",
      "X-Forwarded-For: 198.51.100.7, 2001:DB8::0:9",
      "X-Forwarded-For: 127.0.0.5",
      "X-Forwarded-Host: evil.example",
      "X-Forwarded-Proto: https",
      "X-Latchkey-Remote-Address: 203.0.113.9",
    ),
  );
  expect(opened.seenHeaders).toEqual([
    { host: "localhost", connection: "close", "x-latchkey-remote-address": "2001:db8::9" },
  ]);
});

test("a POST never asks Next.js for a page's payload", async () => {
  const opened = await openFront();
  await opened.send("POST /o/token HTTP/1.1\r\nHost: a\r\nRSC: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  await opened.send(get("/", "RSC: 1"));
  expect(opened.seenHeaders.map(({ rsc }) => rsc)).toEqual([undefined, "1"]);
});

test("headers beyond 32 kB get 431", async () => {
  const opened = await openFront();
  expect(await opened.send(get("/", `X-Long: ${"a".repeat(64 * 1024)}`))).toMatch(/^HTTP\/1\.1 431 .*invalid_request/s);
  expect(await opened.send(get("/", `X-Long: ${"a".repeat(16 * 1024)}`))).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  ["no HTTP at all", "GARBAGE\r\n\r\n"],
  ["a NUL in a header", "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n"],
  ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
  [
    "a length beside chunks",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  ["an upgrade", "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
])("%s gets 400", async (_what, request) => {
  const opened = await openFront();
  expect(await opened.send(request)).toMatch(/^HTTP\/1\.1 400 .*"error":"invalid_request"/s);
  expect(opened.seenHeaders).toEqual([]);
});

test("a failure of the application tells the client a reference only, and the log the rest", async () => {
  const opened = await openFront({ fails: true });
  const answer = await opened.send(get("/"));
  expect(answer).toMatch(/^HTTP\/1\.1 500 .*"error":"server_error"/s);
  expect(answer).not.toContain("hunter2");
  const [reference, error] = opened.logged;
  expect(answer).toContain(`Reference: ${reference}`);
  expect(error).toEqual(new Error("the database password is hunter2"));
});

test("draining lets a request under way finish and closes kept-alive and upgraded connections", async () => {
  const opened = await openFront({ upgrades: true, answerAfter: 150 });
  const upgraded = opened.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  const keptAlive = opened.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await expect.poll(() => opened.seenHeaders.length).toBe(1);
  await front?.drain(5000);
  expect(await upgraded).toMatch(/^HTTP\/1\.1 101 /);
  expect(await keptAlive).toMatch(/fine/);
});

test("draining waits no longer than it may", async () => {
  const opened = await openFront({ answerAfter: 60_000 });
  const request = opened.send(get("/")).catch((error) => error.code);
  await expect.poll(() => opened.seenHeaders.length).toBe(1);
  await front?.drain(50);
  expect(["", "ECONNRESET"]).toContain(await request);
});
