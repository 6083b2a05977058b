import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findSession } from "@/lib/auth/session-store";
import { createSession } from "@/lib/auth/testing/create-session";
import { currentSettings } from "@/lib/current-settings";
import { getPrisma } from "@/lib/db/prisma";
import { can, requirePermission, type ServiceContext, userActor } from "./context";
import { UnauthenticatedError } from "./errors";
import { permissions } from "./permissions";

const userId = randomUUID();
const name = `actor-${userId}`;
const prisma = getPrisma();
const browserId = "browser";

beforeAll(async () => {
  const data = { username: name, usernameKey: name, email: name, emailKey: name, portalRole: "administrator" as const };
  await prisma.user.create({ data: { id: userId, ...data } });
});

afterAll(async () => {
  await prisma.user.delete({ where: { id: userId } });
  await prisma.$disconnect();
});

test("a disabled administrator has no permissions, and a former one loses them immediately", async () => {
  const now = new Date();
  const { token } = await createSession(userId, { ipAddress: null, userAgent: null, browserId }, now);
  const context = async (): Promise<ServiceContext> => {
    const session = await findSession(token, browserId, now);
    return { actor: session && userActor(session.user), now: () => now, settings: currentSettings() };
  };
  const granted = async () => {
    const { actor } = await context();
    return permissions.filter((permission) => can(actor, permission));
  };
  expect(await granted()).toEqual(permissions);

  await prisma.user.update({ where: { id: userId }, data: { disabledAt: now } });
  expect(await granted()).toEqual([]);
  const disabled = await context();
  for (const permission of permissions) {
    expect(() => requirePermission(disabled, permission)).toThrow(UnauthenticatedError);
  }

  await prisma.user.update({ where: { id: userId }, data: { disabledAt: null, portalRole: null } });
  expect(await granted()).toEqual([]);
});
