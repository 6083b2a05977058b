import { expect, test } from "vitest";
import { type Actor, systemContext, userActor } from "../context";
import { type PortalRole, portalRoles } from "../permissions";
import { mayRegister } from "./register-application";

const users: (PortalRole | null)[] = [null, ...portalRoles];

function whoMay(applicationRegistration: "everyone" | "owners") {
  return users.filter((portalRole) => mayRegister(userActor({ id: "u", portalRole }), { applicationRegistration }));
}

test("every user may register applications, except one who only looks at them", () => {
  expect(whoMay("everyone")).toEqual([
    null,
    "administrator",
    "user_manager",
    "application_manager",
    "application_owner",
  ]);
});

test("if only owners may, the portal role decides", () => {
  expect(whoMay("owners")).toEqual(["administrator", "application_manager", "application_owner"]);
});

test("a credential, which owns nothing, registers only with the permission to write every application", () => {
  const credential = (...permissions: ("applications:register" | "applications:write")[]): Actor => ({
    kind: "credential",
    id: "c",
    permissions: new Set(permissions),
  });
  expect(mayRegister(credential("applications:register"), { applicationRegistration: "everyone" })).toBe(false);
  expect(mayRegister(credential("applications:write"), { applicationRegistration: "owners" })).toBe(true);
  expect(mayRegister({ kind: "system" }, { applicationRegistration: "owners" })).toBe(true);
  expect(systemContext().settings.applicationRegistration).toBe("everyone");
});
