import "server-only";
import type { Prisma } from "@/lib/db/client";
import { getPrisma } from "@/lib/db/prisma";
import { digest } from "@/lib/oauth/wire/digest";
import type { Transaction } from "../context";

export interface ResettableUser {
  id: string;
  username: string;
  email: string;
  locale: string | null;
  /** The link was sent to their address and shown to nobody. */
  emailed: boolean;
  /** Null: they have no password yet. */
  passwordGeneration: string | null;
}

/**
 * The user of a link that can still be used; null otherwise. A link ends with the password that it replaces, with the
 * address that it was sent to, and while its user is disabled.
 */
export async function findResettableUser(
  token: string,
  at: Date,
  database: Pick<Transaction, "passwordResetLink"> = getPrisma(),
): Promise<ResettableUser | null> {
  const link = await database.passwordResetLink.findUnique({ where: { tokenHash: digest(token) }, select: columns });
  if (!link || link.expiresAt <= at || link.user.disabledAt) return null;
  const { id, username, email, locale, emailKey, password } = link.user;
  const passwordGeneration = password?.generation ?? null;
  if (link.passwordGeneration !== passwordGeneration) return null;
  if (link.emailKey !== null && link.emailKey !== emailKey) return null;
  return { id, username, email, locale, emailed: link.emailKey !== null, passwordGeneration };
}

const columns = {
  emailKey: true,
  passwordGeneration: true,
  expiresAt: true,
  user: {
    select: {
      id: true,
      username: true,
      email: true,
      emailKey: true,
      locale: true,
      disabledAt: true,
      password: { select: { generation: true } },
    },
  },
} satisfies Prisma.PasswordResetLinkSelect;
