import { expect, test } from "vitest";
import { groupScopes, toScopeKind } from "./scope-groups";

test.each([
  ["read", "read"],
  ["photos:read", "read"],
  ["read_photos", "read"],
  ["openid", "read"],
  ["write", "write"],
  ["https://api.example.com/photos.write", "write"],
  ["read-write", "write"],
  ["admin", "write"],
  ["payments", "other"],
  // Whole words count, not letters inside them: neither "read" nor "write" is meant here.
  ["thread", "other"],
  ["underwriter", "other"],
])("%s is of kind %s", (name, kind) => {
  expect(toScopeKind(name)).toBe(kind);
});

test("groups come in a fixed order, without empty ones, and keep the order of their scopes", () => {
  const scope = (name: string) => ({ name, description: name, isDefault: false, isRestricted: false });
  const groups = groupScopes([scope("payments"), scope("b:read"), scope("a:read")]);
  expect(groups.map((group) => [group.kind, group.scopes.map(({ name }) => name)])).toEqual([
    ["read", ["b:read", "a:read"]],
    ["other", ["payments"]],
  ]);
});
