import { expect, test } from "vitest";
import { withQuery } from "./with-query";

test.each([
  ["https://app.example/cb", "https://app.example/cb?code=a+b"],
  ["https://app.example/cb?", "https://app.example/cb?code=a+b"],
  ["https://app.example/cb?tenant=1", "https://app.example/cb?tenant=1&code=a+b"],
  ["https://app.example/cb?tenant=1&", "https://app.example/cb?tenant=1&code=a+b"],
  // An ampersand of the path begins no query.
  ["https://app.example/cb&", "https://app.example/cb&?code=a+b"],
])("RFC 6749 §3.1.2: the registered part of %s stays", (uri, expected) => {
  expect(withQuery(uri, { code: "a b" })).toBe(expected);
});
