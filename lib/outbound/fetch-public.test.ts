import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { FetchError } from "./fetch-error";
import { type FetchOptions, fetchPublicJson } from "./fetch-public";

const thisMachine = { privateNetworks: ["127.0.0.1"] };
const json = { "Content-Type": "application/json" };

const opened: Server[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on 127.0.0.1 that records its requests. */
async function serve(answer: RequestListener): Promise<{ url: string; port: number; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  opened.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/jwks`, port, seen };
}

const serveKeys: RequestListener = (_request, response) => response.writeHead(200, json).end('{"keys":[]}');

/** Why it was refused. */
async function refusal(url: string, options: FetchOptions): Promise<string> {
  const error = await fetchPublicJson(url, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FetchError);
  return (error as FetchError).message;
}

test("JSON from a permitted network, requested without any of our data", async () => {
  const { url, seen } = await serve(serveKeys);
  expect(await fetchPublicJson(url, thisMachine)).toEqual({ keys: [] });
  expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual([
    "accept",
    "accept-encoding",
    "connection",
    "host",
    "user-agent",
  ]);
});

test.each(["application/json; charset=utf-8", "application/jwk-set+json", "Application/JSON"])(
  "%s is JSON",
  async (type) => {
    const { url } = await serve((_request, response) => response.writeHead(200, { "Content-Type": type }).end("{}"));
    expect(await fetchPublicJson(url, thisMachine)).toEqual({});
  },
);

test("attack 44: this machine isn't reached unless it is permitted", async () => {
  const { port, seen } = await serve(serveKeys);
  for (const host of ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "localhost"]) {
    await refusal(`https://${host}:${port}/`, { privateNetworks: [] });
    await refusal(`http://${host}:${port}/`, { privateNetworks: [] });
  }
  expect(seen).toEqual([]);
});

test.each([["127.0.0.1"], ["::1"], ["10.0.0.1"], ["169.254.169.254"], ["::ffff:127.0.0.1"], ["fd00::1"], ["nonsense"]])(
  "attack 44: a name that resolves to %s is refused, alone or among public addresses",
  async (address) => {
    for (const addresses of [[address], ["8.8.8.8", address], [address, "8.8.8.8"]]) {
      const resolve = async () => addresses;
      const message = await refusal("https://keys.example.com/", { privateNetworks: [], resolve });
      expect(message).toBe("an address that is not permitted");
    }
  },
);

test("a name without an address is refused", async () => {
  const options = { privateNetworks: [], resolve: async () => [] };
  expect(await refusal("https://keys.example.com/", options)).toBe("an address that is not permitted");
});

test("plain http reaches permitted private networks, never a public address", async () => {
  const options = { ...thisMachine, resolve: async () => ["8.8.8.8"] };
  expect(await refusal("http://keys.example.com/", options)).toBe("an address that is not permitted");
});

test("the connection goes to the address that was checked: the name is resolved once", async () => {
  const { port, seen } = await serve(serveKeys);
  const asked: string[] = [];
  const resolve = async (hostname: string) => {
    asked.push(hostname);
    return ["127.0.0.1"];
  };
  expect(await fetchPublicJson(`http://keys.example.com:${port}/a?b=c`, { ...thisMachine, resolve })).toEqual({
    keys: [],
  });
  expect(asked).toEqual(["keys.example.com"]);
  expect([seen[0]?.url, seen[0]?.headers.host]).toEqual(["/a?b=c", `keys.example.com:${port}`]);
});

test("https uses TLS to the checked address, for the name in the URL", async () => {
  const server = createTcpServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const firstBytes = once(server, "connection").then(async ([socket]: Socket[]) => {
    const [data] = socket
      ? await once(
          socket.on("error", () => {}),
          "data",
        )
      : [];
    socket?.end();
    return data as Buffer;
  });
  await refusal(`https://keys.example.com:${port}/`, { ...thisMachine, resolve: async () => ["127.0.0.1"] });
  server.close();
  const data = await firstBytes;
  // RFC 8446 §5.1: 22 is a handshake; the name is in the clear in its server_name extension.
  expect(data[0]).toBe(22);
  expect(data.includes("keys.example.com")).toBe(true);
});

test.each([301, 302, 303, 307, 308])("attack 44: a redirect (%d) is not followed", async (status) => {
  const inner = await serve(serveKeys);
  const { url } = await serve((_request, response) => response.writeHead(status, { Location: inner.url }).end());
  expect(await refusal(url, thisMachine)).toBe(`status ${status}`);
  expect(inner.seen).toEqual([]);
});

test.each([204, 404, 500])("status %d is no answer", async (status) => {
  const { url } = await serve((_request, response) => response.writeHead(status, json).end());
  expect(await refusal(url, thisMachine)).toBe(`status ${status}`);
});

test.each([
  ["another type", { "Content-Type": "text/html" }, "{}", "not JSON by its Content-Type"],
  ["no type", {}, "{}", "not JSON by its Content-Type"],
  ["a compressed body", { ...json, "Content-Encoding": "gzip" }, "{}", "compressed"],
  ["a body that is not JSON", json, "{", "not JSON"],
  ["a body that is not UTF-8", json, Buffer.from([0x22, 0xff, 0x22]), "not text in UTF-8"],
])("%s is refused", async (_what, headers, body, reason) => {
  const { url } = await serve((_request, response) => response.writeHead(200, headers).end(body));
  expect(await refusal(url, thisMachine)).toContain(reason);
});

test("attack 44: exactly 64 kB are read, whatever length was announced", async () => {
  const text = (length: number) => JSON.stringify("a".repeat(length - 2));
  const fits = await serve((_request, response) => response.writeHead(200, json).end(text(64 * 1024)));
  expect(await fetchPublicJson(fits.url, thisMachine)).toHaveLength(64 * 1024 - 2);
  const larger = await serve((_request, response) => response.writeHead(200, json).end(text(64 * 1024 + 1)));
  expect(await refusal(larger.url, thisMachine)).toBe("more than 65536 bytes");
  const endless = await serve((_request, response) => {
    response.writeHead(200, json);
    const more = () => void (response.write("a".repeat(10_000)) && setImmediate(more));
    response.on("drain", more);
    more();
  });
  expect(await refusal(endless.url, thisMachine)).toBe("more than 65536 bytes");
});

test.each<[string, RequestListener]>([
  ["never answers", () => {}],
  ["never ends its answer", (_request, response) => response.writeHead(200, json).write("{")],
  [
    "answers a byte at a time",
    (_request, response) => {
      response.writeHead(200, json);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    },
  ],
])("attack 44: a server that %s is left alone when the time is over", async (_what, answer) => {
  const { url } = await serve(answer);
  expect(await refusal(url, { ...thisMachine, timeout: 150 })).toBe("no complete answer in time");
});

test("a name server that never answers is given up as well", async () => {
  const options = { privateNetworks: [], timeout: 50, resolve: () => new Promise<string[]>(() => {}) };
  expect(await refusal("https://keys.example.com/", options)).toBe("no complete answer in time");
});

test("a connection that is refused or cut is a FetchError like any other", async () => {
  const { url } = await serve((request) => request.socket.destroy());
  expect(await refusal(url, thisMachine)).toMatch(/socket hang up|ECONNRESET/);
  expect(await refusal("http://127.0.0.1:9/", thisMachine)).toContain("ECONNREFUSED");
});
