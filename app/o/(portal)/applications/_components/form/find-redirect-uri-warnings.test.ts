import { expect, test } from "vitest";
import { textsOf } from "@/lib/messages/texts";
import { findRedirectUriWarnings } from "./find-redirect-uri-warnings";

function describeWarnings(...input: Parameters<typeof findRedirectUriWarnings>): string[] {
  const t = textsOf("applicationForm", "en");
  return findRedirectUriWarnings(...input).map(({ name, values }) => t(`redirectUris.warnings.${name}`, { ...values }));
}

test.each([
  [["https://a.example/cb", "https://a.example/cb/"], "in the slash at the end"],
  [["http://localhost:3000/cb", "http://127.0.0.1:3000/cb"], "in localhost and 127.0.0.1"],
  [["http://localhost", "http://127.0.0.1"], "in localhost and 127.0.0.1"],
  [["http://localhost/cb/", "http://127.0.0.1/cb"], "in localhost, 127.0.0.1 and the slash at the end"],
])("%j differ only %s", (uris, difference) => {
  const [earlier, later] = uris;
  expect(describeWarnings(uris)).toEqual([
    `${earlier} and ${later} differ only ${difference}: keep the one that your application sends.`,
  ]);
});

test("RFC 8252 §7.1, §8.6: a scheme that isn't a reversed domain name is named, once, unless it is well known", () => {
  const uris = ["myapp:/cb", "myapp://other", "cursor://x/cb", "com.example.app:/cb", "https://a.example/", "data:x"];
  const warning = (scheme: string) => expect.stringContaining(`can take the scheme ${scheme}: for itself`);
  expect(describeWarnings(uris, ["cursor"])).toEqual([warning("myapp")]);
  expect(describeWarnings(uris, [])).toEqual([warning("myapp"), warning("cursor")]);
});

test.each([
  [[]],
  [["https://a.example/cb", "https://a.example/cb"]],
  [["https://a.example/cb", "https://b.example/cb"]],
  [["http://127.0.0.1:3000/cb", "http://localhost:4000/cb"]],
  [["http://127.0.0.1.example/cb", "http://localhost.example/cb"]],
])("%j are told apart at a glance", (uris) => {
  expect(describeWarnings(uris)).toEqual([]);
});
