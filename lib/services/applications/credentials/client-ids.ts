import "server-only";
import { addSeconds } from "@/lib/oauth/ports/context";
import type { Transaction } from "../../context";
import { ValidationError } from "../../errors";

/** Longer than anything lives that may still name a client that deleted itself, such as a JWT (at most a day). */
const selfDeletedFor = 30 * 86_400;

/** What two client ids share that differ by case alone. Unique among new ones; they are looked up as they are. */
export function toClientIdKey(clientId: string): string {
  return clientId.toLowerCase();
}

/**
 * Refuses the id of an application that was deleted. Called once the new row has been inserted: its unique key waits
 * for a deletion that is under way, and what that reserved is seen afterwards.
 */
export async function refuseReservedClientId(tx: Transaction, clientId: string, at: Date): Promise<void> {
  const reserved = await tx.reservedClientId.findFirst({
    where: { clientIdKey: toClientIdKey(clientId), OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
    select: { clientIdKey: true },
  });
  if (!reserved) return;
  throw new ValidationError({
    clientId: ["That client ID belonged to an application that was deleted. Choose another."],
  });
}

/**
 * Keeps the id of an application that is being deleted from being given again, to anyone: deleting is no way to lift
 * what an administrator decided, and whoever still trusts the id must not meet another application under it.
 *
 * Anyone may register clients without end and have them delete themselves where registration is open, so those ids are
 * kept for a while only. They are random and made here: nobody could have chosen one.
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
