import { expect, test } from "vitest";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";
import { findKind, followKind } from "./application-kinds";
import { newApplicationValues } from "./form/application-values";

const web = newApplicationValues("web", { client_id: "", client_secret: "" });

test("another kind brings its settings", () => {
  expect(followKind({ ...web, kind: "device" })).toMatchObject({
    kind: "device",
    settings_of_kind: "device",
    client_type: "public",
    authorization_grant_type: [deviceCodeGrant, "refresh_token"],
  });
});

test("what was chosen by hand stays, whatever kind is chosen afterwards", () => {
  const authorization_grant_type = ["authorization_code"];
  expect(followKind({ ...web, authorization_grant_type, kind: "device" })).toMatchObject({
    client_type: "confidential",
    authorization_grant_type,
    settings_of_kind: "device",
  });
});

test("settings of another kind stay as long as the kind stays", () => {
  const machine = { ...web, authorization_grant_type: ["client_credentials"] };
  expect(followKind(machine)).toBe(machine);
});

test("an application without a kind gets the settings of one only if it had those of another", () => {
  const unknown = { ...web, settings_of_kind: "", kind: "machine" };
  expect(followKind(unknown).authorization_grant_type).toEqual(["client_credentials"]);
  const mixed = { ...unknown, authorization_grant_type: ["authorization_code", "client_credentials"] };
  expect(followKind(mixed).authorization_grant_type).toEqual(mixed.authorization_grant_type);
});

test("an unknown kind changes nothing: the schema rejects it", () => {
  const strange = { ...web, kind: "spaceship" };
  expect(followKind(strange)).toBe(strange);
  expect(findKind("__proto__")).toBeNull();
  expect(findKind(["web"])).toBeNull();
});
