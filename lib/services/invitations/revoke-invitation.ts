import "server-only";
import { z } from "zod";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import { invitationReferences, mostSelected } from "./invitation-schema";

export const revokeInvitationWire = {
  input: invitationReferences,
  output: z.strictObject({ revoked: z.int() }),
} satisfies Wire;

/** Ends the links of invitations. Those that have ended already, or don't exist, are left alone. */
export async function revokeInvitation(
  context: ServiceContext,
  input: Sent<typeof revokeInvitationWire>,
): Promise<Returned<typeof revokeInvitationWire>> {
  requirePermission(context, "invitations:write");
  const { ids } = parseInput(invitationReferences, input);
  const known = ids.filter(isUuid).slice(0, mostSelected);
  if (known.length === 0) return { revoked: 0 };
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const revoked = await tx.invitation.updateManyAndReturn({
      where: { id: { in: known }, openKey: { not: null } },
      data: { revokedAt: at, openKey: null },
      select: { id: true },
    });
    if (revoked.length === 0) return { revoked: 0 };
    const invitationIds = revoked.map(({ id }) => id);
    await audit.record({ type: "invitation.revoked", at, details: { invitationIds } });
    return { revoked: revoked.length };
  });
}
