import { describe, expect, test } from "vitest";
import { isNarrowed, listHref, readListQuery } from "./list-query";

const parameters = { sorts: ["name", "created"], filters: { status: ["active", "disabled"], group: null } } as const;

describe("readListQuery", () => {
  test("takes what is known", () => {
    const params = { q: " ada ", sort: "-created", status: "disabled", group: "x", after: "cursor", from: "51" };
    expect(readListQuery(params, parameters)).toEqual({
      input: { q: "ada", sort: "-created", status: "disabled", group: "x", after: "cursor" },
      from: 51,
      filters: { status: "disabled", group: "x" },
    });
  });

  test("leaves out what is unknown, repeated or empty", () => {
    const params = { q: "", sort: "password", status: "gone", group: ["a", "b"], other: "x", from: "51" };
    expect(readListQuery(params, parameters)).toEqual({ input: {}, from: 1, filters: { status: "", group: "" } });
  });

  test.each(["0", "-3", "1.5", "x", ""])("from=%s is the first row", (from) => {
    expect(readListQuery({ after: "cursor", from }, parameters).from).toBe(1);
  });
});

describe("listHref", () => {
  const query = readListQuery({ q: "a b", sort: "name", status: "active", after: "cursor" }, parameters);

  test("keeps search, sort and filters, and begins at the first page", () => {
    expect(listHref("/admin/users/", query)).toBe("/admin/users/?status=active&q=a+b&sort=name");
  });

  test("changes and leaves out", () => {
    expect(listHref("/admin/users/", query, { q: "", status: "", sort: "-name", after: "next" })).toBe(
      "/admin/users/?sort=-name&after=next",
    );
  });

  test("is the path alone if nothing is asked for", () => {
    expect(listHref("/admin/users/", readListQuery({}))).toBe("/admin/users/");
  });
});

test("isNarrowed: by a search or a filter, not by a sort", () => {
  expect(isNarrowed(readListQuery({ q: "a" }, parameters))).toBe(true);
  expect(isNarrowed(readListQuery({ group: "a" }, parameters))).toBe(true);
  expect(isNarrowed(readListQuery({ sort: "name" }, parameters))).toBe(false);
});

test("characters that can't be stored are marked, and so find nothing", () => {
  expect(readListQuery({ q: " a\0da " }).input).toEqual({ q: "a\uFFFDda" });
});
