import "server-only";
import { z } from "zod";
import { removeRetired } from "@/lib/db/signing-keys";
import { getKeyRing } from "@/lib/keys/signing-keys";
import { publicationLead } from "@/lib/oauth/keys/key-schedule";
import type { Settings } from "@/lib/settings";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import type { Returned, Wire } from "../wire";

/**
 * How long, in seconds, a key is published after its last signature: an ID token may come back as `id_token_hint` for
 * as long as its session lasts (OpenID Connect RP-Initiated Logout §2), and another process may have signed a little
 * longer.
 */
export function signingKeyRetention({ accessTokenLifetime, idTokenLifetime, sessionLifetime }: Settings): number {
  return Math.max(accessTokenLifetime, idTokenLifetime, sessionLifetime) + publicationLead;
}

export const removeRetiredSigningKeysWire = { input: null, output: z.array(z.string()) } satisfies Wire;

/** Deletes keys whose signatures can no longer be valid. Returns their IDs. */
export async function removeRetiredSigningKeys(
  context: ServiceContext,
): Promise<Returned<typeof removeRetiredSigningKeysWire>> {
  requirePermission(context, "signing_keys:write");
  const removed = await withTransaction(context, async (tx, audit) => {
    const retired = await removeRetired(tx, signingKeyRetention(context.settings));
    for (const { kid, algorithm } of retired) {
      await audit.record({ type: "signing_key.removed", at: context.now(), details: { kid, algorithm } });
    }
    return retired;
  });
  if (removed.length > 0) getKeyRing().expire();
  return removed.map(({ kid }) => kid);
}
