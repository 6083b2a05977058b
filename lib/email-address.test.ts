import { describe, expect, test } from "vitest";
import { isEmailAddress, withAsciiDomain } from "./email-address";

describe("RFC 5321, RFC 6531: email addresses", () => {
  test.each([
    "me@wiliam.dev",
    "o'brien+tag@example.com",
    "first.last@sub.example.co.uk",
    "a@b.xn--p1ai",
    "me@bücher.example",
    "用户@例子.广告",
    "अजय@डाटा.भारत",
    "квіточка@пошта.укр",
    "Dörte@Sörensen.example.com",
    "θσερ@εχαμπλε.ψομ",
    `${"a".repeat(64)}@example.com`,
    "me@例え。jp",
  ])("%s is one", (address) => {
    expect(isEmailAddress(address)).toBe(true);
  });

  test.each([
    "",
    "nobody",
    "@example.com",
    "a@",
    "a@b",
    "a b@example.com",
    "a@b@example.com",
    ".a@example.com",
    "a..b@example.com",
    "a.@example.com",
    "a@-example.com",
    "a@example-.com",
    "a@exam_ple.com",
    "a@example..com",
    "a@example.com.",
    "a@127.0.0.1",
    "a@[127.0.0.1]",
    "a@example.123",
    "a@bü/cher.example",
    "a@bü:80.example",
    "a@ü.example?x",
    '"a b"@example.com',
    "a(b)@example.com",
    "a\u200bb@example.com",
    "a\u0000@example.com",
    "a\u3000b@example.com",
    "a@b\u00fc\u200b.example",
    `${"a".repeat(65)}@example.com`,
    `${"ü".repeat(33)}@example.com`,
    `a@${"b".repeat(64)}.com`,
    `a@${"ü".repeat(63)}.com`,
    `a@${"b.".repeat(126)}com`,
  ])("%j is none", (address) => {
    expect(isEmailAddress(address)).toBe(false);
  });

  test("RFC 5890 §2.3.2.1: a domain in its own script and in ASCII is one domain", () => {
    expect(withAsciiDomain("me@bücher.example")).toBe("me@xn--bcher-kva.example");
    expect(withAsciiDomain("me@xn--bcher-kva.example")).toBe("me@xn--bcher-kva.example");
    expect(withAsciiDomain("用户@例子。广告")).toBe(withAsciiDomain("用户@例子.广告"));
    for (const other of ["bob", "zoë", "a@b", "a@bü/cher.example"]) expect(withAsciiDomain(other)).toBe(other);
  });
});
