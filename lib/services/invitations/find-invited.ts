import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { digest } from "@/lib/oauth/wire/digest";
import { isUuid } from "@/lib/oauth/wire/uuid";
import type { ServiceContext } from "../context";
import { toInvitationLink } from "./invitation-link";

/** The links of tokens that a browser still has in the clear, without those that have been used or replaced since. */
export async function findInvited(
  { settings }: ServiceContext,
  tokens: readonly { id: string; token: string }[],
): Promise<{ id: string; email: string; link: string }[]> {
  const known = tokens.filter(({ id }) => isUuid(id));
  if (known.length === 0) return [];
  const rows = await getPrisma().invitation.findMany({
    where: { tokenHash: { in: known.map(({ token }) => digest(token)) }, openKey: { not: null } },
    select: { id: true, email: true },
  });
  const emails = new Map(rows.map(({ id, email }) => [id, email]));
  return known.flatMap(({ id, token }) => {
    const email = emails.get(id);
    return email === undefined ? [] : [{ id, email, link: toInvitationLink({ settings }, token) }];
  });
}
