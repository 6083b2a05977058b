import { describe, expect, test } from "vitest";
import type { StandardClaims } from "../ports/standard-claims";
import { claimsOfScopes, openidScopes, selectClaims, userClaims } from "./claims";

/** All claims about a user. */
const person: Required<StandardClaims> = {
  name: "Zoë Example",
  given_name: "Zoë",
  family_name: "Example",
  middle_name: "Q.",
  nickname: "zo",
  preferred_username: "zoe",
  profile: "https://zoe.example/",
  picture: "https://zoe.example/picture",
  website: "https://zoe.example/blog",
  email: "zoe@example.test",
  email_verified: false,
  gender: "female",
  birthdate: "0000-03-22",
  zoneinfo: "Europe/Zurich",
  locale: "de-CH",
  phone_number: "+41 44 000 00 00",
  phone_number_verified: true,
  address: { formatted: "1 Road\n8000 Town", country: "CH" },
  updated_at: 0,
};

const select = (scopes: string[], requested?: Parameters<typeof selectClaims>[1]["requested"]) =>
  selectClaims(person, { scopes, requested });

describe("OpenID Connect Core §5.4: the claims of a scope", () => {
  test.each([
    ["openid", []],
    ["email", ["email", "email_verified"]],
    ["address", ["address"]],
    ["phone", ["phone_number", "phone_number_verified"]],
    ["offline_access", []],
    ["read", []],
    ["constructor", []],
  ])("%s: %j", (scope, names) => {
    expect(Object.keys(select([scope])).toSorted()).toEqual(names);
  });

  test("profile: all fourteen, and no contact details", () => {
    const { email, email_verified, phone_number, phone_number_verified, address, ...profile } = person;
    expect(select(["openid", "profile"])).toEqual(profile);
    expect(Object.keys(profile)).toHaveLength(14);
  });

  test("several scopes: the claims of all", () => {
    expect(select(["openid", "profile", "email", "address", "phone"])).toEqual(person);
  });
});

describe("§5.5: claims requested by name", () => {
  test("besides those of the scopes, whatever was requested about them", () => {
    const requested = { nickname: null, name: { essential: true }, locale: { value: "fr" }, email: { values: ["a"] } };
    expect(select(["phone"], requested)).toEqual({
      name: person.name,
      nickname: person.nickname,
      email: person.email,
      locale: person.locale,
      phone_number: person.phone_number,
      phone_number_verified: true,
    });
  });

  test("unknown claims and unrequested ones are omitted", () => {
    expect(select([], { sub: null, acr: { essential: true }, toString: null, "name#ja": null })).toEqual({});
    expect(select([], undefined)).toEqual({});
  });
});

test("§5.3.2: unknown values are omitted; false, zero and empty ones are known", () => {
  const known = { email_verified: false, updated_at: 0, nickname: "" };
  expect(selectClaims(known, { scopes: ["profile", "email", "phone"], requested: { address: null } })).toEqual(known);
});

test("a claim belongs to one scope, and the scopes are those of the specification and one for groups", () => {
  expect(new Set(userClaims).size).toBe(userClaims.length);
  expect([...userClaims].toSorted()).toEqual([...Object.keys(person), "groups"].toSorted());
  expect(Object.keys(claimsOfScopes)).toEqual(["profile", "email", "address", "phone", "groups"]);
  expect(openidScopes).toEqual(["openid", "profile", "email", "address", "phone", "groups", "offline_access"]);
});
