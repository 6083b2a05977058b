import { describe, expect, test } from "vitest";
import { InvalidRequestError } from "./errors";
import { Parameters } from "./parameters";

describe("RFC 6749 Appendix B: application/x-www-form-urlencoded", () => {
  test("a plus sign is a space, percent-encoding is UTF-8", () => {
    const parameters = Parameters.parse("scope=read+write&state=%C3%BC%F0%9F%97%9D%2B%26%3D&%6eame=x");
    expect(parameters.get("scope")).toBe("read write");
    expect(parameters.get("state")).toBe("ü🗝+&=");
    expect(parameters.get("name")).toBe("x");
  });

  test("only the first equals sign separates name and value", () => {
    expect(Parameters.parse("a=b=c==").get("a")).toBe("b=c==");
  });

  test("stray ampersands mean nothing", () => {
    const parameters = Parameters.parse("&&a=1&&b=2&");
    expect([parameters.get("a"), parameters.get("b"), parameters.has("")]).toEqual(["1", "2", false]);
  });

  test.each([
    ["a broken escape", "client_id=%zz"],
    ["a cut escape", "client_id=abc%2"],
    ["a lone percent sign", "state=100%"],
    ["bytes that aren't UTF-8", "state=%ff%fe"],
    ["an overlong encoding", "state=%c0%af"],
    ["half of a surrogate pair", "state=%ed%a0%80"],
    ["a broken name", "%zz=1"],
    ["a broken parameter that nobody asks for", "client_id=a&other=%"],
  ])("%s is an invalid_request", (_, text) => {
    expect(() => Parameters.parse(text)).toThrow(InvalidRequestError);
  });

  test("a NUL is a character like any other: the reader of the value validates it", () => {
    expect(Parameters.parse("client_id=a%00b").get("client_id")).toBe("a\0b");
  });
});

describe("RFC 6749 §3.1: parameters without a value are treated as if they were omitted", () => {
  test.each(["", "&", "state=", "state", "state=&state=", "=", "=value-without-a-name"])("%j", (text) => {
    const parameters = Parameters.parse(text);
    expect(parameters.get("state")).toBeUndefined();
    expect(parameters.has("state")).toBe(false);
    expect(parameters.getAll("state")).toEqual([]);
  });

  test("an empty one beside a value doesn't count as a repetition", () => {
    const parameters = Parameters.parse("state=&state=x");
    expect(parameters.get("state")).toBe("x");
    expect(() => parameters.refuseRepeated()).not.toThrow();
  });
});

describe("RFC 6749 §3.1, §3.2: parameters MUST NOT be included more than once", () => {
  test.each([
    ["with different values", "scope=read&scope=write"],
    ["with the same value", "state=a&state=a"],
    ["under an encoded name", "client_id=a&client%5fid=b"],
    ["that no one knows", "foo=1&foo=2"],
    ["named like a member of every object", "__proto__=1&__proto__=2"],
  ])("one %s is refused", (_, text) => {
    expect(() => Parameters.parse(text).refuseRepeated()).toThrow(InvalidRequestError);
  });

  test("names are told apart by case", () => {
    expect(() => Parameters.parse("state=a&State=b").refuseRepeated()).not.toThrow();
  });

  test("what was sent can be read before it is refused: the first value", () => {
    expect(Parameters.parse("client_id=a&client_id=b").get("client_id")).toBe("a");
  });

  test("RFC 8707 §2: resource may be repeated", () => {
    const parameters = Parameters.parse("resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example");
    expect(() => parameters.refuseRepeated()).not.toThrow();
    expect(parameters.getAll("resource")).toEqual(["https://a.example", "https://b.example"]);
  });

  test("a property of every object is not a sent parameter", () => {
    expect(Parameters.parse("a=1").get("constructor")).toBeUndefined();
  });
});

describe("one of our own forms", () => {
  test("has the expected fields, and an additional one is refused", () => {
    const form = Parameters.parse("csrf=a&decision=allow");
    expect(() => form.refuseOthersThan(["csrf", "decision", "authorization_request"])).not.toThrow();
    expect(() => form.refuseOthersThan(["csrf"])).toThrow(InvalidRequestError);
  });
});
