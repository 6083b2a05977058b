import "server-only";
import { z } from "zod";
import { countAttempt } from "@/lib/db/rate-limits";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { NotFoundError, ValidationError } from "../errors";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import { toInvitationLink } from "./invitation-link";
import { delivery, invitationReference } from "./invitation-schema";

export const resentInvitation = invitationReference.extend({ delivery });

export const resendInvitationWire = {
  input: resentInvitation,
  /** Null: it was sent. */
  output: z.strictObject({ email: z.string(), link: z.string().nullable() }),
} satisfies Wire;

/** How often one invitation gets a new link, in an hour. */
const rule = { limit: 5, window: 3600 };

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
  if (!isUuid(id)) throw new NotFoundError("The invitation");
  if (chosen === "email") throw new ValidationError({ delivery: ["This server can't send e-mail."] });
  const wait = await countAttempt(`new link of invitation ${id}`, rule, context.now());
  if (wait > 0) throw new TooManyRequestsError(wait);
  const token = randomToken();
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    // `openKey` ends with the invitation, so this locks one that can still be accepted, or could until it expired.
    const [resent] = await tx.$queryRaw<{ email: string }[]>`
      UPDATE invitations SET token_hash = ${digest(token)}, emailed = false,
        linked_at = ${at}::timestamptz, expires_at = ${at}::timestamptz + (expires_at - linked_at)
      WHERE id = ${id}::uuid AND open_key IS NOT NULL
      RETURNING email`;
    if (!resent) throw new NotFoundError("The invitation");
    await audit.record({ type: "invitation.resent", at, details: { invitationId: id, delivery: chosen } });
    return { email: resent.email, link: toInvitationLink(context, token) };
  });
}
