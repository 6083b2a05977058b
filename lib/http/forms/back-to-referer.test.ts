import { describe, expect, it } from "vitest";
import { backToReferer } from "./back-to-referer";

describe("backToReferer", () => {
  it.each([
    ["http://127.0.0.1:8000/login?next=%2Fo", "127.0.0.1:8000", "/login?next=%2Fo"],
    ["https://id.example/", "ID.example", "/"],
    ["https://id.example//evil.example/x", "id.example", "/"],
    ["https://id.example/\\evil.example", "id.example", "/"],
    ["https://evil.example/login", "id.example", "/"],
    ["http://127.0.0.1:3000/login", "127.0.0.1:8000", "/"],
    ["not a url", "id.example", "/"],
    [null, "id.example", "/"],
    ["https://id.example/login", null, "/"],
  ])("from %s on %s to %s", (referer, host, expected) => {
    expect(backToReferer(referer, host)).toBe(expected);
  });
});
