import { expect, test } from "vitest";
import { findSimilarUris } from "./similar-uris";

test.each([
  ["https://a.example/cb", "https://a.example/cb/", "slash"],
  ["https://a.example/cb?x=1", "https://a.example/cb/?x=1", "slash"],
  ["https://a.example", "https://a.example/", "slash"],
  ["http://a.example/cb", "https://a.example/cb", "scheme"],
  ["https://a.example/Callback", "https://a.example/callback", "case"],
  ["com.example.app:/CB", "com.example.app:/cb", "case"],
  ["http://localhost:3000/cb", "http://127.0.0.1:3000/cb", "loopback"],
  ["http://localhost/cb", "http://[::1]/cb", "loopback"],
  ["http://localhost:3000/cb", "http://127.0.0.1:3000/cb/", "several"],
  ["http://a.example/CB", "https://a.example/cb/", "several"],
])("%s and %s: %s", (one, other, difference) => {
  expect(findSimilarUris([one, other])).toEqual([{ one, other, difference }]);
});

test.each([
  ["another path", "https://a.example/cb", "https://a.example/cb2"],
  ["another port", "http://localhost:3000/cb", "http://127.0.0.1:4000/cb"],
  ["another host", "https://localhost.example/cb", "https://127.0.0.1/cb"],
  ["another query", "https://a.example/cb?a=1", "https://a.example/cb?a=2"],
  ["the same twice", "https://a.example/cb", "https://a.example/cb"],
])("%s isn't similar", (_what, one, other) => {
  expect(findSimilarUris([one, other])).toEqual([]);
});

test("of three that are alike each is named, the first twice", () => {
  const uris = ["https://a.example/cb", "https://a.example/cb/", "http://a.example/cb"];
  expect(findSimilarUris(uris).map(({ one, other }) => [one, other])).toEqual([
    [uris[0], uris[1]],
    [uris[0], uris[2]],
  ]);
});
