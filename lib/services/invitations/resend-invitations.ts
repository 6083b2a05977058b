import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { countEach } from "@/lib/db/rate-limits";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { recordForAll, requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { canSendMail, type MessageToQueue, queueMessages } from "../mail/queue-message";
import { unique } from "../normalized";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import { newLinkAttempt, toInvitationLink } from "./invitation-link";
import { invitationReferences, mostSelected, noMail } from "./invitation-schema";

export const describeResendingWire = {
  input: invitationReferences,
  output: z.strictObject({
    /** Those that would be sent again, by address. */
    invitations: z.array(z.strictObject({ id: z.uuid(), email: z.string() })),
    /** How many of the selected can't be: accepted, revoked or replaced. */
    others: z.int(),
  }),
} satisfies Wire;

/** What `resendInvitations` would do to those selected in a list. */
export async function describeResending(
  context: ServiceContext,
  input: Sent<typeof describeResendingWire>,
): Promise<Returned<typeof describeResendingWire>> {
  requirePermission(context, "invitations:write");
  const ids = readIds(parseInput(invitationReferences, input).ids);
  const invitations = await getPrisma().invitation.findMany({
    where: { id: { in: ids.filter(isUuid) }, openKey: { not: null } },
    select: { id: true, email: true },
    orderBy: { emailKey: "asc" },
  });
  return { invitations, others: ids.length - invitations.length };
}

export const resendInvitationsWire = {
  input: invitationReferences,
  output: z.strictObject({
    sent: z.array(z.uuid()),
    /** `limited`: too many links of this invitation, or messages to its address or by this actor, within an hour. */
    refused: z.array(z.strictObject({ id: z.string(), reason: z.enum(["not_found", "limited"]) })),
  }),
} satisfies Wire;

/**
 * Sends those selected in a list again, each with a new link that is valid for as long as its first one was; their old
 * links end. An invitation whose message can't be sent now keeps its link.
 */
export async function resendInvitations(
  context: ServiceContext,
  input: Sent<typeof resendInvitationsWire>,
): Promise<Returned<typeof resendInvitationsWire>> {
  requirePermission(context, "invitations:write");
  const ids = readIds(parseInput(invitationReferences, input).ids);
  if (!canSendMail(context.settings)) throw noMail();
  // Before it counts: only what exists has a limit.
  const { invitations } = await describeResending(context, { ids });
  const attempts = invitations.map(({ id }) => ({ id, attempt: newLinkAttempt(id) }));
  const counted = await countEach(
    attempts.map(({ attempt }) => attempt),
    context.now(),
  );
  const admitted = attempts.filter(({ attempt: [key] }) => counted.has(key)).map(({ id }) => id);
  const sent = admitted.length > 0 ? await withTransaction(context, (tx) => sendAgain(tx, context, admitted)) : null;
  const [done, open] = [new Set(sent?.ids), new Set(sent?.open)];
  const limited = new Set(attempts.flatMap(({ id }) => (admitted.includes(id) && !open.has(id) ? [] : [id])));
  return {
    sent: [...done],
    refused: ids
      .filter((id) => !done.has(id))
      .map((id) => ({ id, reason: limited.has(id) ? ("limited" as const) : ("not_found" as const) })),
  };
}

interface OpenInvitation {
  id: string;
  email: string;
  locale: string;
  expires_at: Date;
}

/** Returns the ids of those that were sent, and of all that could still be accepted. */
async function sendAgain(tx: Transaction, context: ServiceContext, ids: string[]) {
  const at = context.now();
  // In one order, so that two calls never deadlock.
  const open = await tx.$queryRaw<OpenInvitation[]>`
    SELECT id, email, locale, ${at}::timestamptz + (expires_at - linked_at) AS expires_at FROM invitations
    WHERE id = ANY(${ids}::uuid[]) AND open_key IS NOT NULL ORDER BY id FOR UPDATE`;
  const renewed = open.map((invitation) => ({ ...invitation, token: randomToken() }));
  const outcomes = await queueMessages(
    tx,
    context,
    renewed.map(({ email, locale, token, expires_at }): MessageToQueue => {
      const values = { link: toInvitationLink(context, token), expiresAt: expires_at.toISOString() };
      return { kind: "invitation", to: email, locale, values };
    }),
  );
  const sent = renewed.filter((_invitation, index) => outcomes[index] === "queued");
  if (sent.length > 0) await storeLinks(tx, sent, at);
  await recordForAll(
    tx,
    context,
    sent.map(({ id }) => ({ type: "invitation.resent", at, details: { invitationId: id, delivery: "email" } })),
  );
  return { ids: sent.map(({ id }) => id), open: open.map(({ id }) => id) };
}

function storeLinks(tx: Transaction, sent: readonly (OpenInvitation & { token: string })[], at: Date) {
  return tx.$executeRaw`
    UPDATE invitations i SET token_hash = n.token_hash, emailed = true, linked_at = ${at}::timestamptz,
      expires_at = ${at}::timestamptz + (i.expires_at - i.linked_at)
    FROM unnest(${sent.map(({ id }) => id)}::uuid[], ${sent.map(({ token }) => digest(token))}::text[])
      AS n (id, token_hash)
    WHERE i.id = n.id`;
}

function readIds(ids: readonly string[]): string[] {
  return unique(ids.map((id) => id.toLowerCase())).slice(0, mostSelected);
}
