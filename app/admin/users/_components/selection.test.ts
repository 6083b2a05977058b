import { expect, test } from "vitest";
import { readSelection, toDisablingPath, toListPath } from "./selection";

test("a selection comes back from the address of its page", () => {
  const { searchParams } = new URL(toDisablingPath(["a", "b"], "/admin/users/?q=x&sort=name"), "https://a.example");
  expect(readSelection(searchParams.get("ids") ?? "")).toEqual(["a", "b"]);
  expect(toListPath(searchParams.get("list") ?? "")).toBe("/admin/users/?q=x&sort=name");
});

test.each([
  [undefined, "/admin/users/"],
  ["", "/admin/users/"],
  ["?status=disabled", "/admin/users/?status=disabled"],
  ["/admin/users/?q=a", "/admin/users/?q=a"],
  ["//elsewhere.example", "/admin/users/"],
  ["https://elsewhere.example", "/admin/users/"],
  ["../../o/logout", "/admin/users/"],
  [`?${"x".repeat(1001)}`, "/admin/users/"],
])("the list of %j is %s", (sent, path) => {
  expect(toListPath(sent)).toBe(path);
});
