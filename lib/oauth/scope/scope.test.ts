import { describe, expect, test } from "vitest";
import type { Client } from "../ports/client";
import type { Scope } from "../ports/types";
import { buildClient } from "../testing/builders";
import { scopes } from "../testing/defaults";
import { InvalidScopeError } from "../wire/errors";
import { resolveScopes } from "./requested-scopes";
import { formatScope, includesScopes, isScopeAllowed, narrowScopes, parseScope } from "./scope";

const resolve = (client: Client, known: readonly Scope[], requested: string | undefined) =>
  resolveScopes({ client, known, apis: [], requested });

describe("RFC 6749 §3.3: the scope parameter", () => {
  test.each([
    ["read", ["read"]],
    ["write read", ["write", "read"]],
    ["read write read", ["read", "write"]],
    [" read   write ", ["read", "write"]],
    [
      "https://api.example/files:read !#$%&'()*+,-./:;<=>?@[]^_`{|}~",
      ["https://api.example/files:read", "!#$%&'()*+,-./:;<=>?@[]^_`{|}~"],
    ],
  ])("%j holds %j", (value, expected) => {
    expect(parseScope(value)).toEqual(expected);
  });

  test.each([
    " ",
    "   ",
    'a"b',
    "a\\b",
    "read\twrite",
    "read\nwrite",
    "read\0",
    "lesen-für-alle",
    "🗝",
    "read\u00a0write",
    "\x7f",
  ])("%j is an invalid_scope", (value) => {
    expect(() => parseScope(value)).toThrow(InvalidScopeError);
  });

  test("names are case-sensitive", () => {
    expect(parseScope("read Read")).toEqual(["read", "Read"]);
  });

  test("is formatted with single spaces", () => {
    expect(formatScope(["read", "write"])).toBe("read write");
    expect(formatScope([])).toBe("");
  });
});

describe("which scopes a request gets", () => {
  test("RFC 6749 §3.3: without any, the default ones", () => {
    expect(resolve(buildClient(), scopes, undefined)).toEqual(["read", "write"]);
  });

  test("without any, only those default ones that the client may have", () => {
    expect(resolve(buildClient({ allowedScopes: ["write", "email"] }), scopes, undefined)).toEqual(["write"]);
  });

  test("a restricted default scope is not given away", () => {
    const known = [{ name: "manage", description: "", isDefault: true, isRestricted: true }];
    expect(() => resolve(buildClient(), known, undefined)).toThrow(InvalidScopeError);
    expect(resolve(buildClient({ allowedScopes: ["manage"] }), known, undefined)).toEqual(["manage"]);
  });

  test("without any and without defaults, invalid_scope", () => {
    expect(() => resolve(buildClient({ allowedScopes: ["email"] }), scopes, undefined)).toThrow(InvalidScopeError);
    expect(() => resolve(buildClient(), [], undefined)).toThrow(InvalidScopeError);
  });

  test("the named ones, in its order", () => {
    expect(resolve(buildClient(), scopes, "email read")).toEqual(["email", "read"]);
  });

  test.each(["bogus", "read bogus", "READ", "read,write", "manage", "read manage", "toString"])(
    "%j: unknown or restricted, invalid_scope",
    (requested) => {
      expect(() => resolve(buildClient(), scopes, requested)).toThrow(InvalidScopeError);
    },
  );

  test("a list of allowed scopes is a ceiling, and opens restricted ones", () => {
    const client = buildClient({ allowedScopes: ["read", "manage", "gone"] });
    expect(resolve(client, scopes, "manage read")).toEqual(["manage", "read"]);
    expect(() => resolve(client, scopes, "write")).toThrow(InvalidScopeError);
    expect(() => resolve(client, scopes, "gone")).toThrow(InvalidScopeError);
  });

  test("an empty list of allowed scopes means every scope that is not restricted", () => {
    const allowed = scopes.filter((scope) => isScopeAllowed(buildClient(), scope)).map((scope) => scope.name);
    expect(allowed).toEqual(["read", "write", "email"]);
  });
});

describe("RFC 6749 §6: at refresh a scope is narrowed and never widened", () => {
  test("without any: all of the granted ones", () => {
    expect(narrowScopes(["read", "write"], undefined)).toEqual(["read", "write"]);
  });

  test("with some: those", () => {
    expect(narrowScopes(["read", "write"], "write")).toEqual(["write"]);
  });

  test.each(["email", "read email", "Read", "read write email", '"'])(
    "%j was not granted: invalid_scope",
    (requested) => {
      expect(() => narrowScopes(["read", "write"], requested)).toThrow(InvalidScopeError);
    },
  );

  test("the returned value is a copy", () => {
    const granted = ["read"];
    expect(narrowScopes(granted, undefined)).not.toBe(granted);
  });
});

test("includesScopes wants every one of them", () => {
  expect(includesScopes(["read", "write"], ["write"])).toBe(true);
  expect(includesScopes(["read", "write"], [])).toBe(true);
  expect(includesScopes(["read"], ["read", "write"])).toBe(false);
  expect(includesScopes([], ["read"])).toBe(false);
});
