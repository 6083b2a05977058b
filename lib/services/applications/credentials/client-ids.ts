import "server-only";
import { problem } from "@/lib/messages/problem";
import { addSeconds } from "@/lib/oauth/ports/context";
import type { Transaction } from "../../context";
import { ValidationError } from "../../errors";

/** Longer than anything can live that still names a client that deleted itself, such as a JWT (at most a day). */
const selfDeletedFor = 30 * 86_400;

/** The common form of client IDs that differ only in case. Unique among new ones; lookups use the exact ID. */
export function toClientIdKey(clientId: string): string {
  return clientId.toLowerCase();
}

/**
 * Refuses the ID of a deleted application. Called after the new row has been inserted: its unique key waits for a
 * concurrent deletion, whose reservation is visible afterwards.
 */
export async function refuseReservedClientId(tx: Transaction, clientId: string, at: Date): Promise<void> {
  const reserved = await tx.reservedClientId.findFirst({
    where: { clientIdKey: toClientIdKey(clientId), OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    select: { clientIdKey: true },
  });
  if (!reserved) return;
  throw new ValidationError({
    clientId: [problem("consoleProblems.applications.clientIdDeleted")],
  });
}

/**
 * Reserves the ID of an application that is being deleted, so that no one can get it again: deleting must not undo an
 * administrator's decision, and anyone who still trusts the ID must not meet another application under it.
 *
 * With open registration, anyone can register any number of clients and have them delete themselves, so these IDs are
 * only reserved for a while. They are random and generated here: nobody could have chosen one.
 */
export async function reserveClientId(
  tx: Transaction,
  clientId: string,
  { at, selfDeleted }: { at: Date; selfDeleted: boolean },
): Promise<void> {
  const expiresAt = selfDeleted ? addSeconds(at, selfDeletedFor) : null;
  await tx.$executeRaw`
    INSERT INTO reserved_client_ids (client_id_key, client_id, reserved_at, expires_at)
    VALUES (${toClientIdKey(clientId)}, ${clientId}, ${at}::timestamptz, ${expiresAt}::timestamptz)
    ON CONFLICT (client_id_key) DO UPDATE SET expires_at = CASE
      WHEN reserved_client_ids.expires_at IS NULL THEN NULL ELSE excluded.expires_at END`;
}
