import { describe, expect, it } from "vitest";
import { isRoutedPath } from "./routed-path";

describe("isRoutedPath", () => {
  it.each([
    "/",
    "/login?next=%2Fo%2Fauthorize",
    "/o/applications/",
    "/o/applications/register",
    "/o/authorized_tokens/",
  ])("leaves %s to the router", (href) => expect(isRoutedPath(href)).toBe(true));

  it.each([
    "/o/authorize",
    "/o/authorize/?client_id=x",
    "/o/authorize#top",
    "/admin/login/",
    "/resource",
    "https://elsewhere.example/",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "#details",
    "mailto:a@b.example",
    "",
  ])("leaves %s to the browser", (href) => expect(isRoutedPath(href)).toBe(false));
});
