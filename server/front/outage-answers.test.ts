import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { noteUnavailable } from "@/lib/answering";
import { withOutageAnswers } from "./outage-answers";

/** Answers one request with `handle` behind the wrapper. */
async function answer(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  {
    method = "GET",
    path = "/",
    headers = {},
  }: { method?: string; path?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  const wrapped = withOutageAnswers(handle, "https://id.example");
  const server = createServer((request, response) => void wrapped(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
  const text = await response.text();
  server.close();
  return { status: response.status, headers: Object.fromEntries(response.headers), text };
}

const payload = { headers: { RSC: "1" } };

async function sendInParts(response: ServerResponse, status: number): Promise<void> {
  response.statusCode = status;
  response.setHeader("Content-Type", "text/x-component");
  response.flushHeaders();
  response.write("first ");
  await new Promise(setImmediate);
  response.end("last");
}

test("a page that failed because of an outage is a 503 with its own page", async () => {
  const { status, headers, text } = await answer(
    async (_request, response) => {
      noteUnavailable();
      response.writeHead(500, { "Content-Type": "text/html", "Content-Length": "5" });
      response.end("error");
    },
    { headers: { Cookie: "a=b; theme=dark" } },
  );
  expect(status).toBe(503);
  expect(headers["retry-after"]).toBe("5");
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(text).toContain("<h1>Try again in a moment</h1>");
  expect(text).toContain('data-theme="dark"');
  expect(text).not.toContain("error");
});

test("a page's payload is held back until it is known whether the page failed", async () => {
  const failed = await answer(async (_request, response) => {
    response.write("first ");
    await new Promise(setImmediate);
    noteUnavailable();
    response.end("last");
  }, payload);
  expect([failed.status, failed.headers["content-type"]]).toEqual([503, "text/html; charset=utf-8"]);
  const fine = await answer((_request, response) => sendInParts(response, 200), payload);
  expect([fine.status, fine.headers["content-type"], fine.text]).toEqual([200, "text/x-component", "first last"]);
});

test("a form that is returned with the typed values keeps its content", async () => {
  const form = await answer(
    async (_request, response) => {
      noteUnavailable();
      await sendInParts(response, 200);
    },
    { method: "POST" },
  );
  expect([form.status, form.headers["retry-after"], form.text]).toEqual([503, "5", "first last"]);
});

test.each([200, 303, 404, 500])("%i for any other reason stays as it is", async (status) => {
  const untouched = await answer((_request, response) => sendInParts(response, status));
  expect([untouched.status, untouched.headers["retry-after"], untouched.text]).toEqual([
    status,
    undefined,
    "first last",
  ]);
});

test.each([303, 404])("%i is an answer, whatever was noted", async (status) => {
  const { status: answered } = await answer(async (_request, response) => {
    noteUnavailable();
    await sendInParts(response, status);
  });
  expect(answered).toBe(status);
});

test("one request's outage doesn't affect another", async () => {
  const [failed, fine] = await Promise.all([
    answer(async (_request, response) => {
      noteUnavailable();
      await sendInParts(response, 500);
    }),
    answer((_request, response) => sendInParts(response, 500)),
  ]);
  expect([failed.status, fine.status]).toEqual([503, 500]);
});

test.each([
  ["its browser", "/", { "Accept-Language": "ar-XB, en;q=0.5" }, "ar-XB"],
  ["the language switch", "/", { "Accept-Language": "ar-XB", Cookie: "a=b; locale=en" }, "en"],
  ["the application", "/login?ui_locales=tlh+en", { "Accept-Language": "ar-XB" }, "en"],
])("the page is in the language of %s", async (_whose, path, headers, language) => {
  const failing = async (_request: IncomingMessage, response: ServerResponse) => {
    noteUnavailable();
    response.writeHead(500).end();
  };
  const { text } = await answer(failing, { path, headers });
  expect(text).toContain(`<html lang="${language}"`);
});
