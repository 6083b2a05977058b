import "server-only";
import { z } from "zod";
import { toUserKey } from "@/lib/db/user-key";
import { problem } from "@/lib/messages/problem";
import { addSeconds } from "@/lib/oauth/ports/context";
import { digest, randomToken } from "@/lib/oauth/wire/digest";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { actorId, requirePermission, type ServiceContext, type Transaction, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { canSendMail, queueMessages } from "../mail/queue-message";
import { mapUniqueViolation } from "../map-unique-violation";
import { nameSome } from "../name-some";
import { unique } from "../normalized";
import { parseInput } from "../parse";
import type { Returned, Sent, Wire } from "../wire";
import { toInvitationLink } from "./invitation-link";
import { mostCopiedLinks, newInvitations, newInvitationsSchema, noMail } from "./invitation-schema";

const day = 86_400;

export const createInvitationWire = {
  input: newInvitations,
  output: z.strictObject({
    /** `link` is shown this once; null if it was sent. */
    invitations: z.array(z.strictObject({ id: z.uuid(), email: z.string(), link: z.string().nullable() })),
  }),
} satisfies Wire;

/**
 * Invites one or several people, all or none. An address can have one invitation at a time, and none if it already
 * belongs to an account.
 */
export async function createInvitation(
  context: ServiceContext,
  input: Sent<typeof createInvitationWire>,
): Promise<Returned<typeof createInvitationWire>> {
  requirePermission(context, "invitations:write");
  const { emails, locale, expiresInDays, delivery, groupIds } = parseInput(newInvitationsSchema, input);
  if (groupIds.length > 0) requirePermission(context, "groups:write");
  const emailed = delivery === "email";
  if (emailed && !canSendMail(context.settings)) throw noMail();
  if (!emailed && emails.length > mostCopiedLinks) {
    throw new ValidationError({
      emails: [problem("consoleProblems.invitations.mostLinks", { maximum: mostCopiedLinks })],
    });
  }
  const invited = emails.map((email) => ({ email, emailKey: toUserKey(email), token: randomToken() }));
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const keys = invited.map(({ emailKey }) => emailKey);
    await refuseAccounts(tx, keys);
    await replaceExpired(tx, keys, at);
    const groups = await holdGroups(tx, groupIds);
    const expiresAt = addSeconds(at, expiresInDays * day);
    const created = await tx.invitation.createManyAndReturn({
      data: invited.map(({ email, emailKey, token }) => ({
        email,
        emailKey,
        openKey: emailKey,
        tokenHash: digest(token),
        emailed,
        locale,
        createdAt: at,
        linkedAt: at,
        expiresAt,
        createdById: actorId(context),
      })),
      select: { id: true, email: true, emailKey: true },
    });
    await tx.invitationGroup.createMany({
      data: created.flatMap(({ id: invitationId }) => groups.map(({ id: groupId }) => ({ invitationId, groupId }))),
    });
    const details = {
      invitations: created.map(({ id, email }) => ({ id, email })),
      groups: groups.map(({ name }) => name),
      locale,
      expiresAt,
      delivery,
    };
    await audit.record({ type: "invitation.created", at, details });
    const tokens = new Map(invited.map(({ emailKey, token }) => [emailKey, token]));
    const links = created.map(({ id, email, emailKey }) => ({
      id,
      email,
      link: toInvitationLink(context, tokens.get(emailKey) ?? ""),
    }));
    if (!emailed) return { invitations: links };
    await sendLinks(tx, context, links, { locale, expiresAt });
    return { invitations: links.map(({ id, email }) => ({ id, email, link: null })) };
  }).catch(mapUniqueViolation("emails", problem("consoleProblems.invitations.raced")));
}

/** Each to its address, and shown to nobody. */
async function sendLinks(
  tx: Transaction,
  context: ServiceContext,
  links: readonly { email: string; link: string }[],
  { locale, expiresAt }: { locale: string; expiresAt: Date },
): Promise<void> {
  const outcomes = await queueMessages(
    tx,
    context,
    links.map(({ email, link }) => ({
      kind: "invitation" as const,
      to: email,
      locale,
      values: { link, expiresAt: expiresAt.toISOString() },
    })),
  );
  const limited = links.filter((_link, index) => outcomes[index] === "limited").map(({ email }) => email);
  if (limited.length === 0) return;
  throw new ValidationError({ emails: [nameSome(limited, "consoleProblems.invitations.limited")] });
}

/** Whoever may invite may see users, so this reveals nothing to them. */
async function refuseAccounts(tx: Transaction, keys: string[]): Promise<void> {
  const accounts = await tx.user.findMany({
    where: { OR: [{ emailKey: { in: keys } }, { usernameKey: { in: keys } }] },
    select: { email: true },
  });
  if (accounts.length === 0) return;
  const emails = accounts.map(({ email }) => email);
  throw new ValidationError({ emails: [nameSome(emails, "consoleProblems.invitations.account")] });
}

async function replaceExpired(tx: Transaction, keys: string[], at: Date): Promise<void> {
  await tx.invitation.updateMany({ where: { openKey: { in: keys }, expiresAt: { lte: at } }, data: { openKey: null } });
  const open = await tx.invitation.findMany({ where: { openKey: { in: keys } }, select: { email: true } });
  if (open.length === 0) return;
  const emails = open.map(({ email }) => email);
  throw new ValidationError({ emails: [nameSome(emails, "consoleProblems.invitations.invited")] });
}

/** The groups, which can't be deleted until the transaction ends. */
async function holdGroups(tx: Transaction, groupIds: readonly string[]): Promise<{ id: string; name: string }[]> {
  const wanted = unique(groupIds);
  const groups = wanted.every(isUuid)
    ? await tx.$queryRaw<{ id: string; name: string }[]>`
        SELECT id, name FROM groups WHERE id = ANY(${wanted}::uuid[]) ORDER BY id FOR KEY SHARE`
    : [];
  if (groups.length < wanted.length) throw new ValidationError({ groupIds: [problem("consoleProblems.groups.gone")] });
  return groups;
}
