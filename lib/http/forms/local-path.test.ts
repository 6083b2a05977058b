import { describe, expect, test } from "vitest";
import { toLocalPath } from "./local-path";

describe("where a user may be sent after signing in (RFC 9700 §4.11)", () => {
  test.each(["/", "/o/applications/", "/o/authorized_tokens/?after=1", "/a/b#c"])("%s is ours", (path) => {
    expect(toLocalPath(path)).toBe(path);
  });

  test.each([
    undefined,
    "",
    "o/applications",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\tevil",
    "/ok\r\nSet-Cookie: a=b",
    "javascript:alert(1)",
    "/a\\b",
    `/${"a".repeat(2001)}`,
  ])("%j is refused", (path) => {
    expect(toLocalPath(path)).toBeNull();
  });

  test("dot segments are resolved within this site", () => {
    expect(toLocalPath("/o/../../admin")).toBe("/admin");
  });

  test("a path that resolves to another host is refused", () => {
    expect(toLocalPath("/.//evil.example")).toBeNull();
    expect(toLocalPath("/o/..//evil.example/")).toBeNull();
  });
});
