import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { findSession } from "@/lib/auth/session-store";
import { createSession } from "@/lib/auth/testing/create-session";
import { getPrisma } from "@/lib/db/prisma";
import { userActor, withTransaction } from "../../context";
import { ForbiddenError, NotFoundError, ValidationError } from "../../errors";
import { portalRoles } from "../../permissions";
import { addUser, removeAll, signInAs, system } from "../testing/managed-users";
import { getUser } from "./get-user";
import { leavesAdministrator } from "./last-administrator";
import { setPortalRole } from "./set-portal-role";

const prisma = getPrisma();
const origin = { ipAddress: null, userAgent: null, browserId: "browser" };

afterAll(async () => {
  await removeAll();
  await prisma.$disconnect();
});

async function signInAdministrator() {
  return { ...(await signInAs("administrator")), passwordConfirmedAt: new Date() };
}

test("an administrator gives and takes every role, and each change is recorded once", async () => {
  const [id, administrator] = [await addUser(), await signInAdministrator()];
  for (const portalRole of [...portalRoles, null, null]) {
    await setPortalRole(administrator, { id, portalRole });
    expect((await getUser(system, { id })).portalRole).toBe(portalRole);
  }
  const events = await prisma.auditEvent.findMany({ where: { userId: id }, orderBy: { id: "asc" } });
  const roles = [null, ...portalRoles, null];
  expect(events).toMatchObject(
    roles.slice(1).map((after, index) => ({
      type: "user.role_changed",
      actorId: administrator.actor?.kind === "user" ? administrator.actor.id : null,
      details: { before: roles[index], after },
    })),
  );
});

test("a role takes effect in a session that is open", async () => {
  const id = await addUser("application_manager");
  const { token } = await createSession(id, origin, new Date());
  const permissions = async () => {
    const session = await findSession(token, "browser", new Date());
    const actor = session && userActor(session.user);
    return actor?.kind === "user" ? [...actor.permissions] : [];
  };
  expect(await permissions()).toContain("applications:write");
  await setPortalRole(system, { id, portalRole: null });
  expect(await permissions()).toEqual([]);
});

test("nobody else gives roles, not even to themselves", async () => {
  const id = await addUser();
  for (const role of portalRoles.filter((role) => role !== "administrator")) {
    const context = { ...(await signInAs(role)), passwordConfirmedAt: new Date() };
    const own = context.actor?.kind === "user" ? context.actor.id : "";
    await expect(setPortalRole(context, { id, portalRole: "auditor" }), role).rejects.toThrow(ForbiddenError);
    await expect(setPortalRole(context, { id: own, portalRole: "administrator" })).rejects.toThrow(ForbiddenError);
  }
  expect((await getUser(system, { id })).portalRole).toBeNull();
});

test("unknown users and roles are refused", async () => {
  const administrator = await signInAdministrator();
  const id = await addUser();
  await expect(setPortalRole(administrator, { id, portalRole: "owner" })).rejects.toThrow(ValidationError);
  for (const unknown of [randomUUID(), "x", ""]) {
    await expect(setPortalRole(administrator, { id: unknown, portalRole: null })).rejects.toThrow(NotFoundError);
  }
});

test("the last administrator is one who can sign in", async () => {
  const [left, disabled] = [await addUser("administrator"), await addUser("administrator")];
  await prisma.user.update({ where: { id: disabled }, data: { disabledAt: new Date() } });
  await withTransaction(system, async (tx) => {
    // Other tests have administrators of their own.
    const others = await tx.user.findMany({
      where: { portalRole: "administrator", id: { notIn: [left, disabled] } },
      select: { id: true },
    });
    const ids = others.map(({ id }) => id);
    expect(await leavesAdministrator(tx, ids)).toBe(true);
    expect(await leavesAdministrator(tx, [...ids, left])).toBe(false);
  });
});
