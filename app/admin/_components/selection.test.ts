import { expect, test } from "vitest";
import { readSelection, toAskingPath, toListOf, toListPath } from "./selection";

const list = "/admin/users/";

test("a selection comes back from the address of its page", () => {
  const path = toAskingPath({ page: "/admin/users/disable", list }, ["a", "b"], `${list}?q=x&sort=name`);
  const { pathname, searchParams } = new URL(path, "https://a.example");
  expect(pathname).toBe("/admin/users/disable/");
  expect(readSelection(searchParams.get("ids") ?? "")).toEqual(["a", "b"]);
  expect(toListPath(list, searchParams.get("list") ?? "")).toBe("/admin/users/?q=x&sort=name");
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
  expect(toListPath(list, sent)).toBe(path);
});

test.each([
  ["https://a.example/admin/users/?q=a", "/admin/users/?q=a"],
  ["https://a.example/admin/invitations/?q=a", "/admin/users/"],
  ["https://elsewhere.example/admin/users/?q=a", "/admin/users/"],
])("a form on %s leads back to %s", (referer, path) => {
  expect(toListOf(list, new Headers({ host: "a.example", referer }))).toBe(path);
});
