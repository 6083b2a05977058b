import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { refuseForeignActions } from "./foreign-actions";

/** The default of the unit tests' environment. */
const publicUrl = "http://127.0.0.1:8000";

/** Posts a form to a page behind the wrapper. */
async function post(path: string, headers: Record<string, string>) {
  const wrapped = refuseForeignActions(async (_request, response) => void response.end("passed on"), publicUrl);
  const server = createServer((request, response) => void wrapped(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const multipart = { "Content-Type": "multipart/form-data; boundary=x" };
  const body = "--x--\r\n";
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { ...multipart, ...headers },
    body,
  });
  const text = await answer.text();
  server.close();
  return { status: answer.status, type: answer.headers.get("content-type"), text };
}

const page = "/o/applications/register/";

test.each([
  ["our own origin", page, { Origin: publicUrl }],
  ["another name of loopback", page, { Origin: "http://localhost:8000" }],
  ["no origin", page, {}],
  ["a foreign origin, but a plain form", page, { Origin: "https://x.example", "Content-Type": "text/plain" }],
  ["a foreign origin, but an endpoint", "/o/token", { Origin: "https://x.example" }],
])("an action with %s is passed on", async (_what, path, headers) => {
  expect(await post(path, headers as Record<string, string>)).toMatchObject({ status: 200, text: "passed on" });
});

test("ASVS 3.5.1: an action from another origin is a 403 that names what contradicts PUBLIC_URL", async () => {
  const { status, type, text } = await post(page, { Origin: "https://id.example.com" });
  expect([status, type]).toEqual([403, "text/html; charset=utf-8"]);
  expect(text).toContain(
    `It came from a page at https://id.example.com, and the address of this server is ${publicUrl}.`,
  );
});

test.each([
  ["another site", { Origin: "https://id.example.com", "Sec-Fetch-Site": "cross-site" }],
  ["another origin of the site", { Origin: "https://id.example.com", "Sec-Fetch-Site": "same-site" }],
  ["no origin that can be named", { Origin: "null" }],
])("an action of %s is refused without a word about PUBLIC_URL", async (_what, headers) => {
  const { status, text } = await post(page, headers as Record<string, string>);
  expect(status).toBe(403);
  expect(text).not.toContain("PUBLIC_URL");
});

test("a page's script gets a text, which it shows", async () => {
  const { status, type, text } = await post(page, { Origin: "https://id.example.com", "Next-Action": "00" });
  expect([status, type]).toEqual([403, "text/plain; charset=utf-8"]);
  expect(text).toContain("PUBLIC_URL");
});

test.each(["html", "script"])("what it says is in the language of the browser: %s", async (reader) => {
  const { text } = await post(page, {
    Origin: "https://id.example.com",
    "Accept-Language": "ar-XB",
    ...(reader === "script" ? { "Next-Action": "1" } : {}),
  });
  expect(text).toContain("\u202e");
  expect(text).not.toContain("It came from a page");
});
