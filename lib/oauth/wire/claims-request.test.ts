import { describe, expect, test } from "vitest";
import { acceptableValues, findClaimRequest, parseClaimsRequest } from "./claims-request";
import { InvalidRequestError } from "./errors";

const parse = (value: unknown) => parseClaimsRequest(JSON.stringify(value));

test("OpenID Connect Core §5.5: the example of the specification, except meaningless members", () => {
  const userinfo = { given_name: { essential: true }, nickname: null, picture: null };
  const idToken = { auth_time: { essential: true }, acr: { values: ["urn:mace:incommon:iap:silver"] } };
  expect(parse({ userinfo, id_token: idToken, "https://example.com/more": {} })).toEqual({
    userinfo,
    id_token: idToken,
  });
  expect(parse({})).toEqual({});
  expect(parse({ userinfo: { name: { essential: false, purpose: "greeting" } } })).toEqual({
    userinfo: { name: { essential: false } },
  });
});

test("§5.2: a claim in a language, a custom claim, a value of any type", () => {
  const userinfo = { "family_name#ja-Kana-JP": null, "https://a.example/claim": { value: { deep: [1, null] } } };
  expect(parse({ userinfo })).toEqual({ userinfo });
});

describe("is refused", () => {
  test.each(["", "x", "null", "[]", '"text"', "7", "{", '{"userinfo":{}} more'])("no JSON object: %s", (text) => {
    expect(() => parseClaimsRequest(text)).toThrow(InvalidRequestError);
  });

  test.each([
    { userinfo: [] },
    { userinfo: null },
    { id_token: "email" },
    { userinfo: { email: true } },
    { userinfo: { email: { essential: "yes" } } },
    { id_token: { acr: { values: "1" } } },
    { id_token: { acr: { values: Array(21).fill("1") } } },
    { userinfo: { ["x".repeat(201)]: null } },
  ])("another shape: %j", (value) => {
    expect(() => parse(value)).toThrow(InvalidRequestError);
  });

  test.each(["\u0000", "\ud800", "\udfff", "a\udc00b"])("text that can't be stored: %j", (text) => {
    expect(() => parse({ id_token: { acr: { value: text } } })).toThrow(InvalidRequestError);
    expect(() => parse({ userinfo: { [text]: null } })).toThrow(InvalidRequestError);
  });

  test("its contents are not repeated in errors", () => {
    expect(() => parse({ userinfo: "a secret" })).toThrow(/^invalid_request: The parameter claims is malformed\.$/);
  });
});

test("characters of two code units are stored as they are", () => {
  const userinfo = { name: { value: "Zoë 🗝️ 例え" } };
  expect(parse({ userinfo })).toEqual({ userinfo });
});

describe("what is requested of one claim", () => {
  test("in the ID token before userinfo; null if voluntary; undefined if not requested", () => {
    const claims = parse({ userinfo: { acr: { value: "2" }, email: null }, id_token: { acr: { value: "1" } } });
    expect(findClaimRequest(claims, "acr")).toEqual({ value: "1" });
    expect(findClaimRequest(claims, "email")).toBeNull();
    for (const name of ["sub", "toString", "__proto__"]) expect(findClaimRequest(claims, name)).toBeUndefined();
    expect(findClaimRequest(null, "acr")).toBeUndefined();
  });

  test("§5.5.1: the accepted values: one, several, or any", () => {
    expect(acceptableValues({ value: "1", values: ["2"] })).toEqual(["1"]);
    expect(acceptableValues({ values: ["1", "2"] })).toEqual(["1", "2"]);
    expect(acceptableValues({ value: false })).toEqual([false]);
    for (const any of [null, undefined, {}, { essential: true }]) expect(acceptableValues(any)).toBeNull();
  });
});
