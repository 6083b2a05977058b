import { describe, expect, test } from "vitest";
import { currentSettings } from "@/lib/current-settings";
import { accessibleApplications } from "./applications/find-application";
import { registerApplication } from "./applications/register-application";
import {
  type Actor,
  can,
  requirePermission,
  requireUser,
  type ServiceContext,
  systemContext,
  toRole,
  userActor,
} from "./context";
import { ForbiddenError, UnauthenticatedError } from "./errors";
import { permissions } from "./permissions";
import { listScopes } from "./scopes/list-scopes";

const id = "01890000-0000-7000-8000-000000000000";
const user = userActor({ id, portalRole: null });
const administrator = userActor({ id, portalRole: "administrator" });
const reader: Actor = { kind: "credential", id, permissions: new Set(["applications:read", "apis:read"]) };

const as = (actor: Actor | null): ServiceContext => ({
  actor,
  now: () => new Date(),
  settings: currentSettings(),
});
const granted = (actor: Actor | null) => permissions.filter((permission) => can(actor, permission));

describe("requirePermission", () => {
  test("refuses anyone who isn't signed in, and says so", () => {
    for (const permission of permissions) {
      expect(() => requirePermission(as(null), permission)).toThrow(UnauthenticatedError);
    }
  });

  test("allows a user nothing and an administrator everything", () => {
    for (const permission of permissions) {
      expect(() => requirePermission(as(user), permission)).toThrow(ForbiddenError);
      expect(() => requirePermission(as(administrator), permission)).not.toThrow();
    }
  });

  test("allows the server's own commands and jobs everything", () => {
    for (const permission of permissions) expect(() => requirePermission(systemContext(), permission)).not.toThrow();
  });

  test("allows a credential only its own permissions, and reading isn't writing", () => {
    expect(granted(reader)).toEqual(["applications:read", "apis:read"]);
    expect(() => requirePermission(as(reader), "apis:read")).not.toThrow();
    expect(() => requirePermission(as(reader), "apis:write")).toThrow(ForbiddenError);
  });

  test("says to a credential which permission is missing, to a user only that one is", async () => {
    const forUsers = "You don't have permission to do this.";
    expect(() => requirePermission(as(user), "apis:write")).toThrow(forUsers);
    expect(() => requirePermission(as(reader), "apis:write")).toThrow("This needs the permission apis:write.");
    const missing = "This needs the permission applications:write.";
    expect(() => accessibleApplications(as(reader), "applications:write")).toThrow(missing);
    await expect(registerApplication(as(reader), { name: "" } as never)).rejects.toThrow(missing);
  });

  test("refuses an unknown kind of actor, whatever it contains", () => {
    const intruder = {
      kind: "robot",
      id,
      permissions: new Set(permissions),
      portalRole: "administrator",
    } as unknown as Actor;
    expect(granted(intruder)).toEqual([]);
    expect(() => requirePermission(as(intruder), "applications:read")).toThrow(ForbiddenError);
    expect(() => requirePermission(as("system" as unknown as Actor), "users:write")).toThrow(ForbiddenError);
  });

  test("goes by permissions, not by a flag on an actor", () => {
    const flagged = { ...user, portalRole: "administrator" } as unknown as Actor;
    expect(granted(flagged)).toEqual([]);
  });
});

describe("applications", () => {
  test("without the permission are the user's own, with it everyone's", () => {
    expect(accessibleApplications(as(user), "applications:write")).toEqual({ ownerId: id });
    expect(accessibleApplications(as(administrator), "applications:write")).toEqual({});
    expect(accessibleApplications(systemContext(), "applications:write")).toEqual({});
  });

  test("are never a credential's own, even if a user has the same ID", () => {
    expect(accessibleApplications(as(reader), "applications:read")).toEqual({});
    expect(() => accessibleApplications(as(reader), "applications:write")).toThrow(ForbiddenError);
  });

  test("can be registered by every user, but by a credential only with the permission", async () => {
    await expect(registerApplication(as(reader), { name: "" } as never)).rejects.toThrow(ForbiddenError);
    await expect(listScopes(as(reader))).rejects.toThrow(ForbiddenError);
  });

  test("are changed in the owner's role without the permission to write all of them", () => {
    expect([user, administrator, reader].map((actor) => toRole(as(actor)))).toEqual([
      "owner",
      "administrator",
      "owner",
    ]);
    expect(toRole(systemContext())).toBe("administrator");
  });
});

test("a user's own objects are not accessible to credentials and the system", () => {
  expect(requireUser(as(user))).toBe(id);
  for (const context of [as(reader), systemContext(), as(null)]) {
    expect(() => requireUser(context)).toThrow(UnauthenticatedError);
  }
});
