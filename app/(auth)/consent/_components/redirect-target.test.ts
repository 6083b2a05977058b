import { expect, test } from "vitest";
import { describeRedirectTarget } from "./redirect-target";

test.each([
  ["https://app.example.com/callback?x=1", { kind: "site", host: "app.example.com" }],
  ["https://app.example.com:8443/", { kind: "site", host: "app.example.com:8443" }],
  ["https://bücher.example/cb", { kind: "site", host: "xn--bcher-kva.example" }],
  ["http://127.0.0.1:8000/noexist/callback", { kind: "loopback", host: "127.0.0.1:8000" }],
  ["http://[::1]:7000/cb", { kind: "loopback", host: "[::1]:7000" }],
  ["http://localhost/cb", { kind: "loopback", host: "localhost" }],
  ["com.example.app:/callback", { kind: "app", scheme: "com.example.app:" }],
])("%s", (uri, target) => {
  expect(describeRedirectTarget(uri)).toEqual(target);
});
