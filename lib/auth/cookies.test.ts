import { expect, test } from "vitest";
import { cookieAttributes, hostCookieName, pathCookieName } from "./cookies";

const cookies = ["session", "callback", "csrf", "browser", "state", "known"] as const;

test("RFC 6265bis §4.1.3: on https, `__Host-` for cookies of the host and `__Secure-` for cookies with a path", () => {
  for (const cookie of cookies) {
    expect(hostCookieName(cookie, "https://id.example")).toMatch(
      new RegExp(`^__Host-latchkey\\.[0-9a-f]{8}\\.${cookie}$`),
    );
  }
  expect(pathCookieName("secret", "https://id.example")).toMatch(/^__Secure-latchkey\.[0-9a-f]{8}\.secret$/);
  expect(cookieAttributes("https://id.example")).toEqual({ httpOnly: true, sameSite: "lax", secure: true, path: "/" });
});

test("on http no prefix, because browsers would reject it", () => {
  expect(hostCookieName("session", "http://127.0.0.1:8000")).toMatch(/^latchkey\.[0-9a-f]{8}\.session$/);
  expect(pathCookieName("secret", "http://127.0.0.1:8000")).toMatch(/^latchkey\.[0-9a-f]{8}\.secret$/);
  expect(cookieAttributes("http://127.0.0.1:8000").secure).toBe(false);
});

test("RFC 6265 §8.5: two servers on one host share no cookie name, because cookies ignore the port", () => {
  for (const scheme of ["http", "https"]) {
    const names = [8000, 8001].flatMap((port) => {
      const publicUrl = `${scheme}://id.example:${port}`;
      return [...cookies.map((cookie) => hostCookieName(cookie, publicUrl)), pathCookieName("secret", publicUrl)];
    });
    expect(new Set(names).size).toBe(names.length);
  }
});
