import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { digest } from "@/lib/oauth/wire/digest";
import type { Transaction } from "../context";
import { NotFoundError } from "../errors";

/** Any constant. */
const firstAdministratorLock = 7_061_501;

/** Administrators are created one after the other, in all processes: two at the same time wouldn't see each other. */
export async function lockAdministrators(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${firstAdministratorLock})`;
}

export function findAdministrator(prisma: Pick<Transaction, "user">): Promise<{ id: string } | null> {
  return prisma.user.findFirst({ where: { portalRole: "administrator" }, select: { id: true } });
}

/** Whether the link can still be used: it is known, unused, and there is no administrator yet. */
export async function isSetupLinkUsable(token: string): Promise<boolean> {
  const prisma = getPrisma();
  const link = await prisma.setupLink.findUnique({ where: { tokenHash: digest(token) } });
  return link !== null && link.usedAt === null && (await findAdministrator(prisma)) === null;
}

/** Consumes the link, once, and only while there is no administrator: two links used at the same time create one. */
export async function consumeSetupLink(tx: Transaction, token: string, at: Date): Promise<void> {
  await lockAdministrators(tx);
  const { count } = await tx.setupLink.updateMany({
    where: { tokenHash: digest(token), usedAt: null },
    data: { usedAt: at },
  });
  if (count !== 1 || (await findAdministrator(tx))) throw new NotFoundError("setupLink");
}
