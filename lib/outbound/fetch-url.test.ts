import { expect, test } from "vitest";
import { findFetchUrlProblem } from "./fetch-url";

test.each([
  "https://keys.example.com/jwks.json",
  "https://keys.example.com:8443/jwks?a=b",
  "https://8.8.8.8/jwks",
  "https://[2606:4700:4700::1111]/jwks",
])("%s may be fetched", (url) => {
  expect(findFetchUrlProblem(url, [])).toBeNull();
});

test.each([
  ["http://keys.example.com/jwks", "https"],
  ["http://8.8.8.8/jwks", "https"],
  ["ftp://keys.example.com/jwks", "incomplete"],
  ["file:///etc/passwd", "incomplete"],
  ["javascript:alert(1)", "incomplete"],
  ["keys.example.com/jwks", "incomplete"],
  ["https:keys.example.com/jwks", "incomplete"],
  ["https://", "incomplete"],
  ["", "encode"],
  [" https://keys.example.com/", "encode"],
  ["https://keys.example.com/\n", "encode"],
  ["https://keys.example.com\\@127.0.0.1/", "encode"],
  ["https://bücher.example/", "encode"],
  ["https://user:password@keys.example.com/", "user"],
  ["https://@keys.example.com/", "user"],
  ["https://keys.example.com/#a", "fragment"],
  ["https://keys.example.com/#", "fragment"],
  [`https://keys.example.com/${"a".repeat(2000)}`, "long"],
])("%s may not: %s", (url, problem) => {
  expect(findFetchUrlProblem(url, [])?.code).toBe(problem);
});

test.each([
  "https://127.0.0.1/",
  "https://127.0.0.1./",
  "https://127.1/",
  "https://0x7f.1/",
  "https://0177.0.0.1/",
  "https://2130706433/",
  "https://0/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:7f00:1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[2002:7f00:1::]/",
  "https://169.254.169.254/latest/meta-data/",
  "https://[fd00:ec2::254]/",
  "https://10.0.0.1/",
  "https://localhost/",
  "https://LOCALHOST./",
  "https://a.localhost/",
  "https://intranet/",
  "https://printer.local/",
  "https://metadata.google.internal/",
  "https://１２７.0.0.1/",
])("attack 44: %s leads into a private network", (url) => {
  expect(findFetchUrlProblem(url, [])?.code).toMatch(/^(privateNetwork|encode)$/);
});

test("a network that the server may fetch from permits its addresses, plain http included, and no others", () => {
  const allowed = ["10.1.0.0/16", "127.0.0.1"];
  for (const url of ["http://10.1.2.3/jwks", "https://10.1.2.3/jwks", "http://127.0.0.1:8080/", "http://intranet/"]) {
    expect(findFetchUrlProblem(url, allowed)).toBeNull();
  }
  for (const url of ["http://10.2.0.1/", "https://10.2.0.1/", "https://127.0.0.2/", "https://[::1]/"]) {
    expect(findFetchUrlProblem(url, allowed)).not.toBeNull();
  }
});
