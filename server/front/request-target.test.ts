import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { normalizeTarget } from "./request-target";

function normalize(url: string): string | undefined {
  const request = new IncomingMessage(new Socket());
  request.url = url;
  normalizeTarget(request);
  return request.url;
}

test.each([
  ["/login/%73ubmit", "/login/submit"],
  ["/%6cogin/%73%75bmit/", "/login/submit/"],
  ["/login/%73ubmit?next=%2Fo&a=%41", "/login/submit?next=%2Fo&a=%41"],
  ["/o/%74oken", "/o/token"],
  ["/login/./submit", "/login/submit"],
  ["/a/../login/submit", "/login/submit"],
  ["/a/%2e%2E/login/submit", "/login/submit"],
  ["/../../login/submit", "/login/submit"],
  ["/login/.", "/login/"],
  ["/login/..", "/"],
  ["/a%2fb", "/a%2Fb"],
  ["/a%252Fb", "/a%252Fb"],
  ["/%C3%bc", "/%C3%BC"],
])("%s is the same as %s (RFC 3986 §6.2.2)", (sent, normal) => {
  expect(normalize(sent)).toBe(normal);
  expect(normalize(normal)).toBe(normal);
});

test.each(["*", "/", "/login/submit?a=/../b", "/a/...", "/.well-known/openid-configuration", "/a%zz", "/a//b"])(
  "%s stays",
  (url) => {
    expect(normalize(url)).toBe(url);
  },
);
