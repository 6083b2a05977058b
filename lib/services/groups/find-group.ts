import "server-only";
import { isUuid } from "@/lib/oauth/wire/uuid";
import type { Transaction } from "../context";
import { NotFoundError } from "../errors";

export function groupNotFound(): NotFoundError {
  return new NotFoundError("group");
}

/** A `where` for one group. What can't be an ID is not found. */
export function whereGroup(id: string): { id: string } {
  if (!isUuid(id)) throw groupNotFound();
  return { id };
}

/** The name of a group, which can't be deleted until the transaction ends. */
export async function holdGroup(tx: Transaction, id: string): Promise<{ id: string; name: string }> {
  const where = whereGroup(id);
  const [group] = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM groups WHERE id = ${where.id}::uuid FOR KEY SHARE`;
  if (!group) throw groupNotFound();
  return group;
}

/** Concurrent changes of a group run one after the other: each reads what the one before has stored. */
export async function lockGroup(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM groups WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}
