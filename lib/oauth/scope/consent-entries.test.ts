import { expect, test } from "vitest";
import { scopeOfPermission, toConsentEntries } from "./consent-entries";

const [photos, mail] = ["https://photos.example/", "urn:example:mail"];

test.each([
  [["read", "write"], [], ["read", "write"]],
  [["read"], [photos], ["read https://photos.example/"]],
  [
    ["read", "write"],
    [photos, mail],
    [
      "read https://photos.example/",
      "read urn:example:mail",
      "write https://photos.example/",
      "write urn:example:mail",
    ],
  ],
  [[], [photos], []],
])("%j at %j is %j", (scopes, resources, permissions) => {
  expect(toConsentEntries(scopes, resources)).toEqual(permissions);
});

test("every entry leads back to its scope", () => {
  const scopes = ["read", "https://api.example/files:read", "{a,b}"];
  for (const resources of [[], [photos]])
    expect(toConsentEntries(scopes, resources).map(scopeOfPermission)).toEqual(scopes);
});
