import { expect, test } from "vitest";
import { withQuery } from "./search-params";

test("an address to come back to has the query that it was asked with", () => {
  expect(withQuery("/admin/users/", {})).toBe("/admin/users/");
  expect(withQuery("/admin/users/", { q: undefined })).toBe("/admin/users/");
  expect(withQuery("/admin/users/", { q: "a&b", ids: ["1", "2"] })).toBe("/admin/users/?q=a%26b&ids=1&ids=2");
});
