import { expect, test } from "vitest";
import { send } from "../support/http";

test.each([
  ["/favicon.ico", /^image\/(x-icon|vnd\.microsoft\.icon)/],
  ["/apple-touch-icon.png", /^image\/png/],
  ["/icon.svg", /^image\/svg\+xml/],
  ["/manifest.webmanifest", /^application\/manifest\+json/],
  ["/robots.txt", /^text\/plain/],
] as const)("browsers and tools find %s", async (path, type) => {
  const answer = await send("GET", path);
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toMatch(type);
  expect(answer.headers["set-cookie"]).toBeUndefined();
});

test("robots.txt asks crawlers to stay away", async () => {
  expect((await send("GET", "/robots.txt")).text).toBe("User-agent: *\nDisallow: /\n");
});

test("the icons of the manifest exist", async () => {
  const { icons } = JSON.parse((await send("GET", "/manifest.webmanifest")).text) as { icons: { src: string }[] };
  for (const { src } of icons) expect((await send("GET", src)).status, src).toBe(200);
});

test("W3C change-password: the well-known address leads to the form, and unknown ones are missing", async () => {
  const answer = await send("GET", "/.well-known/change-password");
  expect([answer.status, answer.headers.location]).toEqual([303, "/account#password"]);
  // The address that the specification has clients request first.
  const missing = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200";
  expect((await send("GET", missing)).status).toBe(404);
});

test("RFC 9116: without a contact there is no security.txt", async () => {
  expect((await send("GET", "/.well-known/security.txt")).status).toBe(404);
});
