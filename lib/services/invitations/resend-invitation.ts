import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { countAttempt } from "@/lib/db/rate-limits";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { canSendMail, queueMessage } from "../mail/queue-message";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import { newLinkAttempt, newLinkWindow, toInvitationLink } from "./invitation-link";
import { delivery, invitationReference, noMail } from "./invitation-schema";

export const resentInvitation = invitationReference.extend({ delivery });

export const resendInvitationWire = {
  input: resentInvitation,
  /** Null: it was sent. */
  output: z.strictObject({ email: z.string(), link: z.string().nullable() }),
} satisfies Wire;

/**
 * Gives an invitation a new link, which is valid for as long as the first one was; the old one ends. An expired
 * invitation gets one too, unless there is a newer invitation for the address.
 * @throws NotFoundError if it can't be accepted anymore, TooManyRequestsError
 */
export async function resendInvitation(
  context: ServiceContext,
  input: Sent<typeof resendInvitationWire>,
): Promise<Returned<typeof resendInvitationWire>> {
  requirePermission(context, "invitations:write");
  const { id, delivery: chosen } = parseInput(resentInvitation, input);
  if (!isUuid(id)) throw new NotFoundError("invitation");
  const emailed = chosen === "email";
  if (emailed && !canSendMail(context.settings)) throw noMail();
  // Before it counts: only what exists has a limit.
  const open = await getPrisma().invitation.count({ where: { id, openKey: { not: null } } });
  if (open === 0) throw new NotFoundError("invitation");
  const wait = await countAttempt(...newLinkAttempt(id), context.now());
  if (wait > 0) throw new TooManyRequestsError(wait);
  const token = randomToken();
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    // `openKey` ends with the invitation, so this locks one that can still be accepted, or could until it expired.
    const [resent] = await tx.$queryRaw<{ email: string; locale: string; expires_at: Date }[]>`
      UPDATE invitations SET token_hash = ${digest(token)}, emailed = ${emailed},
        linked_at = ${at}::timestamptz, expires_at = ${at}::timestamptz + (expires_at - linked_at)
      WHERE id = ${id}::uuid AND open_key IS NOT NULL
      RETURNING email, locale, expires_at`;
    if (!resent) throw new NotFoundError("invitation");
    await audit.record({ type: "invitation.resent", at, details: { invitationId: id, delivery: chosen } });
    const link = toInvitationLink(context, token);
    const { email, locale } = resent;
    if (!emailed) return { email, link };
    const values = { link, expiresAt: resent.expires_at.toISOString() };
    const outcome = await queueMessage(tx, context, { kind: "invitation", to: email, locale, values });
    if (outcome !== "queued") throw new TooManyRequestsError(newLinkWindow);
    return { email, link: null };
  });
}
