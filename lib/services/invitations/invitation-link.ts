import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { Attempt } from "@/lib/db/rate-limits";
import { digest } from "@/lib/oauth/wire/digest";
import type { ServiceContext, Transaction } from "../context";

/** Only `PUBLIC_URL` decides where a link leads, never the request. */
export function toInvitationLink({ settings }: Pick<ServiceContext, "settings">, token: string): string {
  return `${settings.publicUrl}/invitation/${token}`;
}

export const newLinkWindow = 3600;

/** How often one invitation gets a new link, in an hour. */
export function newLinkAttempt(invitationId: string): Attempt {
  return [`new link of invitation ${invitationId}`, { limit: 5, window: newLinkWindow }];
}

/** The invitation of a link that can still be used; null if the link is unknown, used, revoked, replaced or expired. */
export function findOpenInvitation(token: string, at: Date): Promise<{ id: string; email: string } | null> {
  return getPrisma().invitation.findFirst({
    where: { tokenHash: digest(token), ...openAt(at) },
    select: { id: true, email: true },
  });
}

export interface AcceptedInvitation {
  id: string;
  email: string;
  /** Using the link has proved that the address is theirs. */
  emailed: boolean;
}

/** Consumes the link, once: of several at the same time, the others get null. */
export async function consumeInvitation(tx: Transaction, token: string, at: Date): Promise<AcceptedInvitation | null> {
  const [accepted] = await tx.invitation.updateManyAndReturn({
    where: { tokenHash: digest(token), ...openAt(at) },
    data: { acceptedAt: at, openKey: null },
    select: { id: true, email: true, emailed: true },
  });
  return accepted ?? null;
}

function openAt(at: Date) {
  return { openKey: { not: null }, acceptedAt: null, revokedAt: null, expiresAt: { gt: at } };
}
