import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { FetchError } from "./fetch-error";
import type { FetchOptions } from "./fetch-public";
import { postPublicForm } from "./post-public-form";

const thisMachine = { privateNetworks: ["127.0.0.1"] };
const opened: Server[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver on 127.0.0.1 that records its requests. */
async function serve(answer: RequestListener): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    answer(request, response);
  });
  opened.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/logout?a=b`, seen };
}

const answerWith =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end("whatever it says");

/** Why it wasn't accepted. */
async function refusal(url: string, options: FetchOptions = thisMachine): Promise<string> {
  const error = await postPublicForm(url, { logout_token: "x" }, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FetchError);
  return (error as FetchError).message;
}

test("a form, whatever its fields contain, and none of our data with it", async () => {
  const { url, seen } = await serve(answerWith(200));
  const fields = { logout_token: "a.b-c_d", other: "ä & = +\n%" };
  await postPublicForm(url, fields, thisMachine);
  expect(seen).toHaveLength(1);
  const [{ method, url: path, headers, body } = {} as Seen] = seen;
  expect({ method, path }).toEqual({ method: "POST", path: "/logout?a=b" });
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual(fields);
  expect(headers).toMatchObject({
    "content-type": "application/x-www-form-urlencoded",
    "content-length": String(Buffer.byteLength(body)),
  });
  expect(headers).not.toHaveProperty("cookie");
  expect(headers).not.toHaveProperty("authorization");
  expect(headers).not.toHaveProperty("transfer-encoding");
});

test.each([200, 201, 202, 204, 299])("Back-Channel Logout §2.8: %i has taken it, whatever the body", async (status) => {
  const { url } = await serve(answerWith(status));
  await expect(postPublicForm(url, { logout_token: "x" }, thisMachine)).resolves.toBeUndefined();
});

test.each([300, 304, 400, 401, 404, 500, 501, 503])("%i has not", async (status) => {
  const { url } = await serve(answerWith(status));
  expect(await refusal(url)).toBe(`status ${status}`);
});

test.each([301, 302, 303, 307, 308])("attack 44: a redirect (%i) is not followed", async (status) => {
  const target = await serve(answerWith(200));
  const { url } = await serve(answerWith(status, { Location: target.url }));
  expect(await refusal(url)).toBe(`status ${status}`);
  expect(target.seen).toEqual([]);
});

test("attack 44: this machine isn't reached unless it is permitted", async () => {
  const { url, seen } = await serve(answerWith(200));
  for (const privateNetworks of [[], ["10.0.0.0/8"], ["127.0.0.2"]]) await refusal(url, { privateNetworks });
  await refusal(url.replace("http:", "https:"), { privateNetworks: [] });
  const resolve = async () => ["127.0.0.1"];
  const named = "https://app.example.com/logout";
  expect(await refusal(named, { privateNetworks: [], resolve })).toBe("an address that is not permitted");
  expect(seen).toEqual([]);
});

test("a receiver that doesn't answer is given up in time, and its connection closed", async () => {
  const { url } = await serve(() => {});
  expect(await refusal(url, { ...thisMachine, timeout: 100 })).toBe("no complete answer in time");
});

test("the answer counts as soon as its status is there: a body that never ends isn't waited for", async () => {
  const { url } = await serve((_request, response) => response.writeHead(200).write("x"));
  await expect(postPublicForm(url, { logout_token: "x" }, thisMachine)).resolves.toBeUndefined();
});

test("no connection, or an answer that isn't HTTP, is reported as a failure", async () => {
  const server = createTcpServer((socket) => socket.resume().end("nonsense\r\n\r\n"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  expect(await refusal(url)).not.toBe("");
  server.close();
  await once(server, "close");
  expect(await refusal(url)).toContain("ECONNREFUSED");
});
