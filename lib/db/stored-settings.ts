import "server-only";
import type { Prisma } from "./client";

export interface StoredSetting {
  name: string;
  value: string;
}

/** What administrators have saved; a few dozen rows at most. */
export function readStoredSettings(prisma: Pick<Prisma.TransactionClient, "setting">): Promise<StoredSetting[]> {
  return prisma.setting.findMany({ select: { name: true, value: true }, orderBy: { name: "asc" } });
}

/** Any constant: changes of settings come one after the other, in all processes. */
const settingsLock = 7_061_502;

export async function lockSettings(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${settingsLock})`;
}
