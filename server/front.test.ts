import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { refusalKey, refusedClients } from "@/lib/limits/refused-clients";
import { createFront, type Front, type FrontLimits, type FrontOptions } from "./front";
import { findTargetFault } from "./front/request-faults";

let front: Front | undefined;

afterEach(async () => {
  await front?.drain(0);
  Reflect.deleteProperty(globalThis, "latchkeyRefusedClients");
});

interface Opened {
  /** Resolves to the complete answer when the server has closed the connection. */
  send(request: string): Promise<string>;
  seenHeaders: IncomingHttpHeaders[];
  /** What the application received as `url`. */
  seenTargets: (string | undefined)[];
  port: number;
  logged: unknown[];
}

interface Opening {
  fails?: boolean;
  upgrades?: boolean;
  answerAfter?: number;
  trustedProxies?: string[];
  publicUrl?: string;
  limits?: Partial<FrontLimits>;
  timeouts?: FrontOptions["timeouts"];
  status?: number;
  headers?: Record<string, string>;
  read?: (body: string) => void;
}

const generous: FrontLimits = { connections: 100, connectionsPerNetwork: 100, requests: 100, requestsPerNetwork: 100 };

async function openFront(opening: Opening = {}): Promise<Opened> {
  const { fails = false, upgrades = false, answerAfter = 0, trustedProxies = [] } = opening;
  const seenHeaders: IncomingHttpHeaders[] = [];
  const seenTargets: (string | undefined)[] = [];
  const logged: unknown[] = [];
  front = createFront({
    handle: async (request, response) => {
      seenHeaders.push(request.headers);
      seenTargets.push(request.url);
      // `fetch`'s Request would reject a body that was already read, and with it Next.js.
      expect(Readable.isDisturbed(request)).toBe(false);
      if (opening.read) opening.read(await text(request));
      if (fails) throw new Error("the database password is hunter2");
      response.writeHead(opening.status ?? 200, opening.headers);
      setTimeout(() => response.end("fine"), answerAfter);
    },
    upgrade: upgrades ? (_request, socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n") : null,
    logError: (reference, error) => logged.push(reference, error),
    trustedProxies,
    publicUrl: opening.publicUrl ?? "http://localhost",
    limits: { ...generous, ...opening.limits },
    ...(opening.timeouts ? { timeouts: opening.timeouts } : {}),
  });
  front.server.listen(0, "127.0.0.1");
  await once(front.server, "listening");
  const { port } = front.server.address() as AddressInfo;
  return {
    seenHeaders,
    seenTargets,
    port,
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

test.each([
  ["its authority", "http://localhost/o/token/?a=1&b=%20", "/o/token/?a=1&b=%20"],
  ["its authority in capitals, with the port", "HTTP://LOCALHOST:80/a", "/a"],
  ["no path", "http://localhost", "/"],
  ["a query alone", "http://localhost?a=1", "/?a=1"],
  ["dot segments", "http://localhost/a/../b", "/b"],
])("RFC 9112 §3.2.2: a target in absolute form with %s is ours", async (_what, target, path) => {
  const opened = await openFront();
  expect(await opened.send(get(target).replace("Host: localhost", "Host: other.example"))).toMatch(/^HTTP\/1\.1 200 /);
  expect(opened.seenTargets).toEqual([path]);
  expect(opened.seenHeaders.map(({ host }) => host)).toEqual(["localhost"]);
});

test("RFC 9112 §3.2.2: a target may name the address that the server listens on", async () => {
  const opened = await openFront({ publicUrl: "https://id.example.com" });
  for (const host of [`127.0.0.1:${opened.port}`, `localhost:${opened.port}`, "id.example.com"]) {
    expect(await opened.send(get(`http://${host}/`))).toMatch(/^HTTP\/1\.1 200 /);
  }
});

test.each([
  ["http://evil.example/", 421],
  ["http://localhost:81/", 421],
  ["http://localhost.evil.example/", 421],
  ["ftp://localhost/", 421],
  ["http://localhost@evil.example/", 400],
  ["http://user:secret@localhost/", 400],
  ["http:///o/token", 400],
  ["http://localhost/#fragment", 400],
  ["http://localhost/%zz", 400],
  ["localhost:80", 400],
])("RFC 9110 §15.5.20: the target %s gets %i and never reaches the application", async (target, status) => {
  const opened = await openFront();
  expect(await opened.send(get(target))).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*"error":"invalid_request"`, "s"));
  expect(opened.seenTargets).toEqual([]);
});

test("RFC 9112 §3.2: a target in absolute form still needs a Host header", async () => {
  const opened = await openFront();
  expect(await opened.send(get("http://localhost/").replace("Host: localhost\r\n", ""))).toMatch(/^HTTP\/1\.1 400 /);
});

test.each(["*", "http://localhost"])("RFC 9110 §9.3.7: OPTIONS %s says what the server knows", async (target) => {
  const opened = await openFront();
  const answer = await opened.send(get(target).replace("GET", "OPTIONS"));
  expect(answer).toMatch(/^HTTP\/1\.1 204 /);
  expect(answer).toContain("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  expect(opened.seenTargets).toEqual([]);
});

test("RFC 9112 §3.2.4: the asterisk is only for OPTIONS", async () => {
  const opened = await openFront();
  expect(await opened.send(get("*"))).toMatch(/^HTTP\/1\.1 405 .*Allow: OPTIONS/s);
});

test.each([
  ["POST", "/o/token", "gzip"],
  ["POST", "/o/register", "br"],
  ["PUT", "/o/register/x", "deflate, gzip"],
  ["POST", "/login/submit", "GZIP"],
  ["POST", "/o/applications/register/", "unheard-of"],
])("RFC 9110 §15.5.16: %s %s with Content-Encoding %s gets 415", async (method, path, coding) => {
  const opened = await openFront();
  const answer = await opened.send(
    get(path, `Content-Encoding: ${coding}`, "Content-Length: 0").replace("GET", method),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 415 .*"error":"invalid_request"/s);
  expect(answer).toContain("Accept-Encoding: identity");
  expect(opened.seenTargets).toEqual([]);
});

test.each(["identity", ""])("the Content-Encoding %j is none", async (coding) => {
  const opened = await openFront();
  const answer = await opened.send(
    get("/o/token", `Content-Encoding: ${coding}`, "Content-Length: 0").replace("GET", "POST"),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test("a malformed target gets 400 in OAuth's terms and never reaches the application", async () => {
  const opened = await openFront();
  const answer = await opened.send(get("/o/%zz"));
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('{"error":"invalid_request","error_description":');
  expect(opened.seenHeaders).toEqual([]);
});

test("headers that only a proxy may set are removed, and the client's address is the socket's", async () => {
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

test("a trusted proxy sets the client's address, and nothing else", async () => {
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

test.each([
  [
    "that of PUBLIC_URL, whatever a proxy puts in its place",
    "https://id.example.com",
    "10.0.0.7:8000",
    "id.example.com",
  ],
  ["that of PUBLIC_URL, without its default port", "https://id.example.com", "id.example.com:443", "id.example.com"],
  ["that of PUBLIC_URL, in its port", "https://id.example.com:8443", "id.example.com", "id.example.com:8443"],
  ["never a loopback name that PUBLIC_URL isn't", "https://id.example.com", "localhost:8000", "id.example.com"],
  ["on loopback any name of it", "http://127.0.0.1:8000", "localhost:8000", "localhost:8000"],
  ["on loopback none with another port", "http://127.0.0.1:8000", "localhost:8001", "127.0.0.1:8000"],
])("the application's host is %s", async (_what, publicUrl, host, seen) => {
  const opened = await openFront({ publicUrl });
  await opened.send(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  expect(opened.seenHeaders.map((headers) => headers.host)).toEqual([seen]);
});

test.each([
  ["http://localhost:8000", "localhost:8000"],
  ["http://localhost:9000", "127.0.0.1:8000"],
  ["https://evil.example", "127.0.0.1:8000"],
])("on loopback a form from %s is compared with %s", async (origin, seen) => {
  const opened = await openFront({ publicUrl: "http://127.0.0.1:8000" });
  await opened.send(get("/", `Origin: ${origin}`).replace("Host: localhost", "Host: 127.0.0.1:9000"));
  expect(opened.seenHeaders.map((headers) => headers.host)).toEqual([seen]);
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

test("a failure of the application shows the client only a reference, and the log the rest", async () => {
  const opened = await openFront({ fails: true });
  const answer = await opened.send(get("/"));
  expect(answer).toMatch(/^HTTP\/1\.1 500 .*"error":"server_error"/s);
  expect(answer).not.toContain("hunter2");
  const [reference, error] = opened.logged;
  expect(answer).toContain(`Reference: ${reference}`);
  expect(error).toEqual(new Error("the database password is hunter2"));
});

test("draining lets a running request finish and closes kept-alive and upgraded connections", async () => {
  const opened = await openFront({ upgrades: true, answerAfter: 150 });
  const upgraded = opened.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  const keptAlive = opened.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await expect.poll(() => opened.seenHeaders.length).toBe(1);
  await front?.drain(5000);
  expect(await upgraded).toMatch(/^HTTP\/1\.1 101 /);
  expect(await keptAlive).toMatch(/fine/);
});

test("draining waits no longer than allowed", async () => {
  const opened = await openFront({ answerAfter: 60_000 });
  const request = opened.send(get("/")).catch((error) => error.code);
  await expect.poll(() => opened.seenHeaders.length).toBe(1);
  await front?.drain(50);
  expect(["", "ECONNRESET"]).toContain(await request);
});

test.each(["TRACE", "PROPFIND", "LINK", "M-SEARCH"])(
  "%s is a 405 before Next.js (RFC 9110 §15.5.6)",
  async (method) => {
    const opened = await openFront();
    const answer = await opened.send(get("/").replace("GET", method));
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toContain("Allow: GET, HEAD, POST\r\n");
    expect(opened.seenHeaders).toEqual([]);
  },
);

test("CONNECT is a 405 as well", async () => {
  const opened = await openFront();
  expect(await opened.send("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n")).toMatch(/^HTTP\/1\.1 405 /);
});

test.each([
  ["two hosts", ["Host: evil.example"]],
  ["two that are the same", ["Host: localhost"]],
])("RFC 9112 §3.2: %s are refused", async (_what, more) => {
  const opened = await openFront();
  expect(await opened.send(get("/", ...more))).toMatch(/^HTTP\/1\.1 400 /);
  expect(opened.seenHeaders).toEqual([]);
});

test.each(["", "a b", "a/b", "user@a", "a:port", "a;b", "a'b"])(
  "RFC 9112 §3.2: the host %j is refused",
  async (host) => {
    const opened = await openFront();
    expect(await opened.send(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  },
);

test.each(["localhost:8000", "[::1]:8000", "id.example.com", "127.0.0.1"])("%s is a fair host", async (host) => {
  const opened = await openFront();
  expect(await opened.send(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  "x",
  "%5B",
  "[]",
  "{}",
  encodeURIComponent('["",{"children":7}]'),
  "%zz",
  encodeURIComponent(`[${"[".repeat(500)}`),
])("the router state %j is refused", async (state) => {
  const opened = await openFront();
  expect(await opened.send(get("/", `Next-Router-State-Tree: ${state}`))).toMatch(/^HTTP\/1\.1 400 /);
});

test("the router state of our own pages is accepted", async () => {
  const opened = await openFront();
  const state = [
    "",
    { children: ["o", { children: [["id", "1", "d"], { children: ["__PAGE__", {}] }] }] },
    null,
    null,
    true,
  ];
  const header = `Next-Router-State-Tree: ${encodeURIComponent(JSON.stringify(state))}`;
  expect(await opened.send(get("/", header))).toMatch(/^HTTP\/1\.1 200 /);
});

test("RFC 6797: HSTS and nosniff are on every answer, including the front's own and those without a request", async () => {
  const opened = await openFront({ publicUrl: "https://id.example.com" });
  const requests = [get("/"), get("/%zz"), get("/").replace("GET", "TRACE"), "GARBAGE\r\n\r\n"];
  for (const request of [...requests, get("/", `X-Long: ${"a".repeat(64 * 1024)}`)]) {
    const answer = await opened.send(request);
    expect(answer).toContain("Strict-Transport-Security: max-age=31536000");
    expect(answer).toContain("X-Content-Type-Options: nosniff");
  }
});

test("without https they are not", async () => {
  const opened = await openFront();
  expect(await opened.send(get("/"))).not.toContain("Strict-Transport-Security");
});

test("a request whose body doesn't arrive gets 408", async () => {
  const opened = await openFront({ timeouts: { headers: 50, request: 100 }, answerAfter: 60_000 });
  expect(await opened.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab")).toMatch(/HTTP\/1\.1 408 /);
});

test.each([
  ["a length", "/o/token", "Content-Length: 10", "a"],
  ["a length beyond any limit", "/o/token", "Content-Length: 10000000", "a"],
  ["chunks", "/o/token", "Transfer-Encoding: chunked", "1\r\na\r\n"],
  ["a multipart form", "/login", "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 10", "--x"],
  ["JSON", "/o/register", "Content-Type: application/json\r\nContent-Length: 10", "{"],
])("a body that is on its way takes no turn: %s", async (_what, path, headers, beginning) => {
  const opened = await openFront({ limits: { requests: 1, requestsPerNetwork: 1 } });
  const slow = Array.from({ length: 5 }, () => connect(opened.port, "127.0.0.1"));
  for (const socket of slow) {
    socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n${headers}\r\n\r\n${beginning}`);
    expect(String((await once(socket, "data"))[0])).toBe("HTTP/1.1 100 Continue\r\n\r\n");
  }
  expect(await opened.send(get("/"))).toMatch(/^HTTP\/1\.1 200 /);
  expect(opened.seenTargets).toEqual(["/"]);
  for (const socket of slow) socket.destroy();
});

test("a chunked body reaches the application whole, and the connection accepts further requests", async () => {
  const bodies: string[] = [];
  const opened = await openFront({ read: (body) => bodies.push(body) });
  const chunked = "POST /o/register HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  const answer = await opened.send(`${chunked}2\r\n{}\r\n1\r\n \r\n0\r\n\r\n${postForm("a=b")}`);
  expect(answer.match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
  expect(bodies).toEqual(["{} ", "a=b"]);
});

test("a body beyond every limit is refused by the application, and the connection accepts further requests", async () => {
  const opened = await openFront({ status: 413, read: (body) => expect(body.length).toBeGreaterThan(256 * 1024) });
  const first = post("/o/token", "x".repeat(3_000_000)).replace("Connection: close\r\n", "");
  const answer = await opened.send(first + postForm("x".repeat(300_000)));
  expect(answer.match(/HTTP\/1\.1 413 /g)).toHaveLength(2);
});

test("a script's action larger than any of ours gets 413", async () => {
  const opened = await openFront();
  const answer = await opened.send(post("/login", "x".repeat(300_000), "Next-Action: abc", "Content-Type: text/plain"));
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(opened.seenTargets).toEqual([]);
});

test("a head that doesn't arrive gets 408", async () => {
  const opened = await openFront({ timeouts: { headers: 50, request: 100 } });
  expect(await opened.send("GET / HTTP/1.1\r\nHost: a\r\n")).toMatch(/^HTTP\/1\.1 408 /);
});

test("connections beyond the limit get 503, and closed ones make room again", async () => {
  const opened = await openFront({ limits: { connectionsPerNetwork: 1 }, answerAfter: 100 });
  const first = opened.send(get("/"));
  await expect.poll(() => opened.seenHeaders.length).toBe(1);
  expect(await opened.send(get("/"))).toMatch(/^HTTP\/1\.1 503 .*Retry-After: \d/s);
  expect(await first).toMatch(/^HTTP\/1\.1 200 /);
  await expect.poll(() => opened.send(get("/"))).toMatch(/^HTTP\/1\.1 200 /);
});

test("a trusted proxy forwards for many clients, so the limit of one network doesn't apply to its connections", async () => {
  const opened = await openFront({
    limits: { connectionsPerNetwork: 1 },
    trustedProxies: ["127.0.0.1"],
    answerAfter: 50,
  });
  const answers = await Promise.all([opened.send(get("/")), opened.send(get("/"))]);
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test("a network that uses up its share leaves the rest to others", async () => {
  const opened = await openFront({
    limits: { requests: 3, requestsPerNetwork: 2 },
    trustedProxies: ["127.0.0.1"],
    answerAfter: 300,
  });
  const from = (address: string) => opened.send(get("/", `X-Forwarded-For: ${address}`));
  const flood = Array.from({ length: 6 }, () => from("203.0.113.9"));
  await expect.poll(() => opened.seenHeaders.length).toBe(2);
  const other = from("198.51.100.7");
  await expect.poll(() => opened.seenHeaders.at(-1)?.["x-latchkey-remote-address"]).toBe("198.51.100.7");
  for (const answer of await Promise.all([...flood, other])) expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test("a network that retries immediately after a 503 waits for the next one, and no other network does", async () => {
  const opened = await openFront({
    answerAfter: 100_000,
    limits: { requests: 1 },
    timeouts: { turn: 50 },
    trustedProxies: ["127.0.0.1"],
  });
  void opened.send(get("/"));
  await expect.poll(() => opened.seenHeaders.length).toBe(1);
  const time = async (address: string) => {
    const startedAt = performance.now();
    expect(await opened.send(get("/", `X-Forwarded-For: ${address}`))).toMatch(/^HTTP\/1\.1 503 /);
    return performance.now() - startedAt;
  };
  await time("203.0.113.9");
  const [again, other] = await Promise.all([time("203.0.113.9"), time("198.51.100.7")]);
  expect(again).toBeGreaterThan(450);
  expect(other).toBeLessThan(again - 200);
});

const post = (path: string, body: string, ...headers: string[]) =>
  get(path, `Content-Length: ${body.length}`, ...headers).replace("GET", "POST") + body;
const wrong = "client_id=a&client_secret=wrong";
const postForm = (body: string, path = "/o/token", ...headers: string[]) =>
  post(path, body, "Content-Type: application/x-www-form-urlencoded", ...headers);

/** Like the application after too many failures. */
function refuse(credentials: { authorization?: string; body?: string }, path = "/o/token"): void {
  const attempt = { network: "127.0.0.1", path, authorization: null, body: "", ...credentials };
  refusedClients().remember("127.0.0.1", refusalKey(attempt) ?? "", 60);
}

test("a 429 is repeated for the same credentials, in the header or the body, and for no others", async () => {
  const bodies: string[] = [];
  const opened = await openFront({ read: (body) => bodies.push(body) });
  refuse({ authorization: "Basic d3Jvbmc=" });
  refuse({ body: wrong });
  for (const request of [postForm("", "/o/token/", "Authorization: Basic d3Jvbmc="), postForm(`${wrong}&scope=read`)]) {
    expect(await opened.send(request)).toMatch(/^HTTP\/1\.1 429 .*Retry-After: 60\r\n/s);
  }
  expect(bodies).toEqual([]);
  const others = [
    postForm("client_id=a&client_secret=right"),
    postForm("client_id=b&client_secret=wrong"),
    postForm("client_id=a"),
    postForm("client_id=a&client_assertion=x.y.z"),
    postForm(wrong, "/o/introspect"),
    postForm(wrong, "/login/submit"),
    postForm(wrong, "/o/token", "Authorization: Basic cmlnaHQ="),
    postForm(`${wrong}&padding=${"x".repeat(17_000)}`),
    post("/o/token", wrong, "Content-Type: text/plain"),
  ];
  for (const request of others) expect(await opened.send(request)).toMatch(/^HTTP\/1\.1 200 /);
  expect(bodies).toEqual(others.map((request) => request.split("\r\n\r\n")[1]));
});

test("another network with the same credentials is let through", async () => {
  const opened = await openFront({ trustedProxies: ["127.0.0.1"] });
  refuse({ body: wrong });
  expect(await opened.send(postForm(wrong, "/o/token", "X-Forwarded-For: 192.0.2.7"))).toMatch(/^HTTP\/1\.1 200 /);
  expect(await opened.send(postForm(wrong))).toMatch(/^HTTP\/1\.1 429 /);
});

test("a form that arrives in pieces, after `Expect: 100-continue`, reaches the application whole", async () => {
  const bodies: string[] = [];
  const opened = await openFront({ read: (body) => bodies.push(body) });
  refuse({ body: wrong });
  const form = "client_id=a&client_secret=right";
  const [head, body = ""] = postForm(form, "/o/token", "Expect: 100-continue").split("\r\n\r\n");
  const { port } = opened;
  const socket = connect(port, "127.0.0.1");
  const answer = text(socket);
  socket.write(`${head}\r\n\r\n`);
  socket.write(body.slice(0, 10), () => setImmediate(() => socket.write(body.slice(10))));
  expect(await answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  expect(bodies).toEqual([form]);
});

test("a form that never arrives gets 408, and one that is broken off never reaches the application", async () => {
  const opened = await openFront({ timeouts: { headers: 200, request: 200 } });
  refuse({ body: wrong });
  const whole = postForm(wrong);
  expect(await opened.send(whole.slice(0, -5))).toMatch(/^HTTP\/1\.1 408 /);
  const { port } = opened;
  const socket = connect(port, "127.0.0.1", () => socket.write(whole.slice(0, -5), () => socket.destroy()));
  await once(socket, "close");
  expect(await opened.send(get("/"))).toMatch(/^HTTP\/1\.1 200 /);
  expect(opened.logged).toEqual([]);
});

test.each([
  { target: "/login/submit", accept: "text/html,*/*;q=0.8", type: "text/html; charset=utf-8" },
  { target: "/o/authorize?client_id=a", accept: "text/html", type: "text/html; charset=utf-8" },
  { target: "/o/token", accept: "text/html", type: "application/json" },
  { target: "/login", accept: "*/*", type: "application/json" },
])("who has no turn at $target gets $type", async ({ target, accept, type }) => {
  const opened = await openFront({
    answerAfter: 100_000,
    limits: { requests: 1, requestsPerNetwork: 1 },
    timeouts: { turn: 50 },
  });
  void opened.send(get("/"));
  await expect.poll(() => opened.seenHeaders.length).toBe(1);
  const answer = await opened.send(get(target, `Accept: ${accept}`));
  expect(answer).toMatch(/^HTTP\/1\.1 503 /);
  expect(answer).toMatch(/\r\nRetry-After: \d+\r\n/);
  expect(answer).toContain(`\r\nContent-Type: ${type}\r\n`);
  if (type !== "application/json") {
    expect(answer).toContain("<h1>Try again in a moment</h1>");
    expect(answer).toMatch(/\r\nContent-Security-Policy: .*frame-ancestors 'none'/);
  }
});

/** RFC 9700 §2.6: the preflight promised that scripts may read the answer, whoever sends it. */
const scripted = ["/o/token", "/o/revoke_token/", "/o/par", "/o/device-authorization", "/o/userinfo"];

test.each(scripted)("scripts may read what the front itself refuses at %s", async (path) => {
  const origin = "https://app.example";
  const opened = await openFront();
  refuse({ authorization: "Basic d3Jvbmc=" }, path);
  const answers = [
    await opened.send(postForm("", path, `Origin: ${origin}`, "Authorization: Basic d3Jvbmc=")),
    await opened.send(get(path, `Origin: ${origin}`).replace("GET", "TRACE")),
    await opened.send(get(`${path}?%`, `Origin: ${origin}`)),
  ];
  expect(opened.seenHeaders).toHaveLength(0);
  for (const answer of answers) {
    expect(answer).toContain(`\r\nAccess-Control-Allow-Origin: ${origin}\r\n`);
    expect(answer).toMatch(/\r\nAccess-Control-Expose-Headers: .*Retry-After\r\nVary: Origin\r\n/);
  }
});

test("scripts may read that the server failed", async () => {
  const opened = await openFront({ fails: true });
  const answer = await opened.send(get("/o/token", "Origin: https://app.example"));
  expect(answer).toMatch(/^HTTP\/1\.1 500 .*\r\nAccess-Control-Allow-Origin: https:\/\/app\.example\r\n/s);
  const publicly = await opened.send(get("/.well-known/oauth-protected-resource/resource"));
  expect(publicly).toMatch(/^HTTP\/1\.1 500 .*\r\nAccess-Control-Allow-Origin: \*\r\n/s);
});

test.each(["/o/authorize", "/o/introspect", "/login", "/o/tokens", "/o/token/more"])(
  "no script may read a refusal at %s, where none is allowed",
  async (path) => {
    const opened = await openFront({ fails: true });
    const answer = await opened.send(get(path, "Origin: https://app.example"));
    expect(answer).toMatch(/^HTTP\/1\.1 500 /);
    expect(answer).not.toMatch(/access-control/i);
  },
);

test("an Origin that no browser sends gets into no header", async () => {
  const opened = await openFront({ fails: true });
  for (const origin of ["null", "*", "https://app.example/", "https://a.example, https://b.example", "%"]) {
    expect(await opened.send(get("/o/token", `Origin: ${origin}`)), origin).not.toMatch(/access-control/i);
  }
});

test.each([
  ["PUT", "/login", "GET, HEAD, POST"],
  ["DELETE", "/o/applications/", "GET, HEAD, POST"],
  ["OPTIONS", "/account", "GET, HEAD, POST"],
  ["POST", "/favicon.ico", "GET, HEAD"],
  ["DELETE", "/_next/static/chunks/x.js", "GET, HEAD"],
])("%s %s is a 405 that names what would do", async (method, path, allow) => {
  const opened = await openFront();
  const answer = await opened.send(get(path).replace("GET", method));
  expect(answer).toMatch(/^HTTP\/1\.1 405 /);
  expect(answer).toContain(`Allow: ${allow}\r\n`);
});

test.each(["/o/token", "/o/register/abc/", "/resource", "/.well-known/openid-configuration/o", "/o/authorize/"])(
  "%s decides itself which methods it has",
  async (path) => {
    const opened = await openFront();
    expect(await opened.send(get(path).replace("GET", "DELETE"))).toMatch(/^HTTP\/1\.1 200 /);
  },
);

function multipart(body: string, boundary = "x"): string {
  const type = `multipart/form-data; boundary=${boundary}`;
  return `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

const field = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nvalue\r\n--x--\r\n';

test("a multipart form reaches the application whole", async () => {
  const bodies: string[] = [];
  const opened = await openFront({ read: (body) => bodies.push(body) });
  expect(await opened.send(multipart(field))).toMatch(/^HTTP\/1\.1 200 /);
  expect(bodies).toEqual([field]);
  expect(opened.seenHeaders[0]).toMatchObject({ host: "localhost", "content-length": String(field.length) });
});

test.each([
  ["no parts", "O", "x"],
  ["a part without headers", "--x\r\nno headers", "x"],
  ["another boundary", field, "y"],
])("a multipart form with %s gets 400", async (_what, body, boundary) => {
  const opened = await openFront();
  expect(await opened.send(multipart(body, boundary))).toMatch(/^HTTP\/1\.1 400 /);
  expect(opened.seenHeaders).toEqual([]);
});

test("a multipart form beyond 256 kB gets 413", async () => {
  const opened = await openFront();
  expect(await opened.send(multipart(field.replace("value", "v".repeat(300_000))))).toMatch(/^HTTP\/1\.1 413 /);
});

test.each(["/|,/|", "x", "", "https://"])(
  "RFC 6454 §7.1: the origin %j is refused at pages and left to endpoints",
  async (origin) => {
    const opened = await openFront();
    expect(await opened.send(get("/account", `Origin: ${origin}`))).toMatch(/^HTTP\/1\.1 400 /);
    expect(await opened.send(get("/o/token", `Origin: ${origin}`))).toMatch(/^HTTP\/1\.1 200 /);
  },
);

test.each(["null", "https://app.example.com", "http://127.0.0.1:8000"])(
  "the origin %s is let through",
  async (origin) => {
    const opened = await openFront();
    expect(await opened.send(get("/account", `Origin: ${origin}`))).toMatch(/^HTTP\/1\.1 200 /);
  },
);
