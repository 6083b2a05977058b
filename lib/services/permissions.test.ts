import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type PortalRole, permissions, permissionsOfUser, portalRoles } from "./permissions";

const of = (portalRole: PortalRole | null) => [...permissionsOfUser({ portalRole })];

test("an administrator has every permission, a user without a role none", () => {
  expect(of("administrator")).toEqual([...permissions]);
  expect(of(null)).toEqual([]);
});

test("an auditor reads everything and changes nothing", () => {
  expect(of("auditor")).toEqual(permissions.filter((permission) => permission.endsWith(":read")));
});

test("only administrators give roles, export hashes, and change settings and signing keys", () => {
  for (const permission of ["roles:write", "users:export_hashes", "settings:write", "signing_keys:write"] as const) {
    expect(portalRoles.filter((role) => of(role).includes(permission))).toEqual(["administrator"]);
  }
});

test("who manages users doesn't change applications, and the other way round", () => {
  expect(
    of("user_manager").filter((permission) => /^(applications|apis|scopes|signing_keys):/.test(permission)),
  ).toEqual([]);
  expect(
    of("application_manager").filter((permission) => /^(users|roles|sessions|invitations):/.test(permission)),
  ).toEqual([]);
});

test("a role that isn't in the table means nothing", () => {
  expect(of("owner" as PortalRole)).toEqual([]);
  expect(of("constructor" as PortalRole)).toEqual([]);
});

test("the table in docs/permissions.md says the same", () => {
  const rows = readFileSync("docs/permissions.md", "utf8").matchAll(/^\| `([a-z_]+:[a-z_]+)` \|[^|]+\|(.+)\|$/gm);
  const table = [...rows].map(([, permission, marks = ""]) => [
    permission,
    marks.split("|").map((mark) => mark.trim()),
  ]);
  const columns: PortalRole[] = [
    "administrator",
    "user_manager",
    "application_manager",
    "auditor",
    "application_owner",
  ];
  const expected = permissions.map((permission) => [
    permission,
    columns.map((role) => (of(role).includes(permission) ? "✓" : "")),
  ]);
  expect(table).toEqual(expected);
});
