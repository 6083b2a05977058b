import { randomUUID } from "node:crypto";
import { hashPassword } from "@/lib/auth/password";
import { getPrisma } from "@/lib/db/prisma";
import { type ServiceContext, systemContext, userActor } from "../../context";
import type { PortalRole } from "../../permissions";

/** Users of one test file, and who manages them. */

const prefix = `m-${randomUUID().slice(0, 8)}`;
const prisma = getPrisma();

export const system = systemContext();
export const password = "a long enough password";

let hash: ReturnType<typeof hashPassword> | undefined;

export async function addUser(portalRole: PortalRole | null = null): Promise<string> {
  const name = `${prefix}-${randomUUID()}`;
  hash ??= hashPassword(password);
  const names = { username: name, usernameKey: name, email: `${name}@a.example`, emailKey: `${name}@a.example` };
  const data = { ...names, portalRole, password: { create: await hash } };
  return (await prisma.user.create({ data, select: { id: true } })).id;
}

/** The context of a new user with this role. */
export async function signInAs(portalRole: PortalRole | null): Promise<ServiceContext> {
  return { ...system, actor: userActor({ id: await addUser(portalRole), portalRole }) };
}

export async function addApplication(ownerId: string | null = null, backchannelLogoutUri: string | null = null) {
  const name = `${prefix}-${randomUUID()}`;
  const data = { clientId: name, name, ownerId, backchannelLogoutUri, grantTypes: [], clientType: "public" as const };
  return (await prisma.application.create({ data, select: { id: true } })).id;
}

export async function removeAll(): Promise<void> {
  const users = await prisma.user.findMany({ where: { username: { startsWith: prefix } }, select: { id: true } });
  const ids = users.map(({ id }) => id);
  await prisma.application.deleteMany({ where: { clientId: { startsWith: prefix } } });
  await prisma.auditEvent.deleteMany({ where: { OR: [{ userId: { in: ids } }, { actorId: { in: ids } }] } });
  await prisma.user.deleteMany({ where: { id: { in: ids } } });
}
