import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { toUserKey } from "@/lib/db/user-key";
import { countLinkOpening } from "@/lib/limits/link-openings";
import { offeredLocales } from "@/lib/messages/locales";
import { toRateLimitNetwork } from "@/lib/network/source-network";
import { type ServiceContext, type Transaction, withTransaction } from "../context";
import { NotFoundError } from "../errors";
import { parseInput } from "../parse";
import { beginSignedIn, type SignedIn, type SignInBrowser } from "../sessions/complete-sign-in";
import { insertUser, mapTakenUser, prepareUser } from "../users/create-user";
import { toHashRequester } from "../users/hash-requester";
import { userInput } from "../users/user-schema";
import type { Returned, Sent, Wire } from "../wire";
import { consumeInvitation, findOpenInvitation } from "./invitation-link";

export const openInvitationWire = {
  input: z.object({ token: z.string() }),
  output: z.strictObject({
    email: z.string(),
    /** There is an account with this address by now. */
    taken: z.boolean(),
  }),
} satisfies Wire;

/**
 * What a link invites to. Changes nothing: programs that scan e-mail open links too.
 * @throws NotFoundError for every link that can't be used, TooManyRequestsError
 */
export async function openInvitation(
  context: ServiceContext,
  { token }: Sent<typeof openInvitationWire>,
): Promise<Returned<typeof openInvitationWire>> {
  countLinkOpening(toRateLimitNetwork(context.ipAddress ?? null));
  const invitation = await findOpenInvitation(token, context.now());
  if (!invitation) throw new NotFoundError("invitation");
  const key = toUserKey(invitation.email);
  const holder = await getPrisma().user.findFirst({
    where: { OR: [{ emailKey: key }, { usernameKey: key }] },
    select: { id: true },
  });
  return { email: invitation.email, taken: holder !== null };
}

export const acceptedInvitation = z.object({
  token: z.string(),
  username: userInput.shape.username,
  password: userInput.shape.password,
  /** The language of the form, which becomes the account's. */
  locale: z.enum(offeredLocales as [string, ...string[]]),
});

/** What it answers goes into cookies. */
export const acceptInvitationWire = { input: acceptedInvitation, output: null } satisfies Wire;

/**
 * Creates the account of an invitation, uses the invitation up and signs its user in, in one transaction: after a
 * validation error, or an outage, the link can still be used. The address is the invitation's. It counts as verified
 * only if the link was sent there and shown to nobody (docs/adr/0064).
 * @throws NotFoundError for every link that can't be used, ValidationError by field (`email` if an account has it)
 */
export async function acceptInvitation(
  context: ServiceContext,
  input: Sent<typeof acceptInvitationWire>,
  browser: SignInBrowser,
): Promise<SignedIn> {
  const { token, username, password, locale } = parseInput(acceptedInvitation, input);
  countLinkOpening(toRateLimitNetwork(context.ipAddress ?? null));
  // Before the password is hashed: without a link nobody may cause that work.
  const invitation = await findOpenInvitation(token, context.now());
  if (!invitation) throw new NotFoundError("invitation");
  const user = await prepareUser({ username, email: invitation.email, password }, toHashRequester(context));
  const previous = await browser.findPreviousSession();
  return withTransaction(context, async (tx, audit) => {
    const at = context.now();
    const accepted = await consumeInvitation(tx, token, at);
    if (!accepted) throw new NotFoundError("invitation");
    const { id: userId, passwordGeneration } = await insertUser(context, tx, audit, user, null);
    await tx.user.update({
      where: { id: userId },
      data: { emailVerified: accepted.emailed, locale },
      select: { id: true },
    });
    await tx.invitation.update({ where: { id: accepted.id }, data: { acceptedById: userId }, select: { id: true } });
    const groups = await joinGroups(tx, accepted.id, userId, at);
    await audit.record({ type: "invitation.accepted", at, userId, details: { invitationId: accepted.id, groups } });
    return beginSignedIn(tx, context, {
      proofs: [{ method: "pwd", account: { userId, passwordGeneration } }],
      browserId: browser.browserId,
      previousId: previous?.id,
    });
  }).catch(mapTakenUser);
}

/** Whoever invited has put the user there. Returns the names of the groups that there still are. */
async function joinGroups(tx: Transaction, invitationId: string, userId: string, at: Date): Promise<string[]> {
  const joined = await tx.$queryRaw<{ name: string }[]>`
    WITH chosen AS (
      SELECT g.id, g.name, i.created_by_id
      FROM invitation_groups ig JOIN invitations i ON i.id = ig.invitation_id JOIN groups g ON g.id = ig.group_id
      WHERE ig.invitation_id = ${invitationId}::uuid
      FOR KEY SHARE OF g
    ), added AS (
      INSERT INTO group_members (user_id, group_id, created_at, added_by_id)
      SELECT ${userId}::uuid, id, ${at}::timestamptz, created_by_id FROM chosen
    )
    SELECT name FROM chosen ORDER BY name`;
  return joined.map(({ name }) => name);
}
