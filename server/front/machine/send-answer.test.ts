import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendAnswer } from "./send-answer";

const long = JSON.stringify({ list: Array<string>(200).fill("an entry") });
const publicJson = { "Content-Type": "application/json", "Cache-Control": "public, max-age=60" };
const answers: Record<string, () => Response> = {
  "/public": () => new Response(long, { headers: { ...publicJson, Vary: "Origin" } }),
  "/short": () => new Response("{}", { headers: publicJson }),
  "/private": () => new Response(long, { headers: { "Cache-Control": "no-store" } }),
  "/empty": () => new Response(null, { status: 204 }),
  "/cookies": () => new Response(null, { headers: [..."ab"].map((name) => ["Set-Cookie", `${name}=1`]) }),
};

const server = createServer((request, response) => {
  const answer = answers[request.url ?? ""]?.() ?? new Response(null, { status: 404 });
  void sendAnswer(answer, request, response);
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => server.close());

async function ask(path: string, { method = "GET", accept = "" } = {}) {
  const { port } = server.address() as AddressInfo;
  const headers = accept === "" ? {} : { "Accept-Encoding": accept };
  const outgoing = get({ host: "127.0.0.1", port, path, method, headers, agent: false });
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
  return { status: incoming.statusCode, headers: incoming.headers, body: await buffer(incoming) };
}

test.each(["gzip", "deflate, gzip;q=0.5", "GZIP ; q=1.000, *;q=0"])(
  "%s gets what is public compressed",
  async (accept) => {
    const { headers, body } = await ask("/public", { accept });
    expect([headers["content-encoding"], headers.vary]).toEqual(["gzip", "Origin, Accept-Encoding"]);
    expect(headers["content-length"]).toBe(String(body.length));
    expect(gunzipSync(body).toString()).toBe(long);
  },
);

test.each(["", "identity", "gzip;q=0", "gzip;q=0.000, br", "x-gzipped"])("%j doesn't", async (accept) => {
  const { headers, body } = await ask("/public", { accept });
  expect([headers["content-encoding"], headers.vary]).toEqual([undefined, "Origin, Accept-Encoding"]);
  expect(body.toString()).toBe(long);
});

test("what is short or not public is not compressed", async () => {
  for (const path of ["/short", "/private"]) {
    const { headers } = await ask(path, { accept: "gzip" });
    expect([headers["content-encoding"], headers.vary]).toEqual([undefined, undefined]);
  }
});

test("RFC 9110 §8.6: HEAD has the length that GET would have, 204 has none", async () => {
  for (const accept of ["", "gzip"]) {
    const [head, whole] = [await ask("/public", { method: "HEAD", accept }), await ask("/public", { accept })];
    expect(head.body).toHaveLength(0);
    expect(head.headers["content-length"]).toBe(whole.headers["content-length"]);
  }
  const { status, headers } = await ask("/empty");
  expect([status, headers["content-length"], headers["transfer-encoding"]]).toEqual([204, undefined, undefined]);
});

test("each cookie is a separate line", async () => {
  expect((await ask("/cookies")).headers["set-cookie"]).toEqual(["a=1", "b=1"]);
});
