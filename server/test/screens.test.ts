import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { ownPages, signedOutPages } from "@/e2e/languages/pages";

test("every page outside of the portal is one that tests look at in all languages", () => {
  const pages = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /(?:^|\/)page\.tsx$/.test(file) && !/^(?:admin|o\/\(portal\))\//.test(file))
    .map((file) => `/${file.replace(/\/?page\.tsx$/, "").replace(/^\(auth\)\//, "")}`);
  expect([...signedOutPages, ...ownPages].toSorted()).toEqual(pages.toSorted());
});
