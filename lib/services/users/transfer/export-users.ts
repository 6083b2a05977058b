import "server-only";
import { z } from "zod";
import { writeHash } from "@/lib/auth/password-schemes/imported-hash";
import { getPrisma } from "@/lib/db/prisma";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { type AttributeValue, attributeValue } from "../../attributes/attribute-schema";
import { requirePermission, type ServiceContext, withTransaction } from "../../context";
import { requireRecentPassword } from "../../sessions/require-recent-password";
import type { Described, Returned, Sent, Wire } from "../../wire";
import { profile, profileColumns } from "../get-profile";

/** Users of one answer: so many take a few milliseconds, whatever the size of the table. */
const pageSize = 1000;

const exportedUser = profile.extend({
  subject: z.string(),
  disabled: z.boolean(),
  /** By name. */
  groups: z.array(z.string()),
  /** By the names of attributes; those that the user has a value of. */
  attributes: z.record(z.string(), attributeValue),
  /** Null without a password, or if hashes were not asked for. */
  passwordHash: z.string().nullable(),
});

export type ExportedUser = Described<typeof exportedUser>;

export const exportUsersWire = {
  input: z.object({
    /** The `next` of the page before. */
    after: z.string().optional(),
    hashes: z.boolean(),
  }),
  output: z.strictObject({ users: z.array(exportedUser), next: z.string().nullable() }),
} satisfies Wire;

/**
 * Some of the users, in the order of their creation, with everything that an import takes. Hashes are for
 * administrators who have just entered their password.
 */
export async function exportUsers(
  context: ServiceContext,
  { after, hashes }: Sent<typeof exportUsersWire>,
): Promise<Returned<typeof exportUsersWire>> {
  permitExport(context, hashes);
  return readPage(context, { after, hashes });
}

function permitExport(context: ServiceContext, hashes: boolean): void {
  requirePermission(context, "users:read");
  if (!hashes) return;
  requirePermission(context, "users:export_hashes");
  requireRecentPassword(context);
}

async function readPage(
  context: ServiceContext,
  { after, hashes }: Sent<typeof exportUsersWire>,
): Promise<Returned<typeof exportUsersWire>> {
  const rows = await getPrisma().user.findMany({
    where: after && isUuid(after) ? { id: { gt: after } } : {},
    orderBy: { id: "asc" },
    take: pageSize,
    select: {
      ...profileColumns,
      id: true,
      subject: true,
      username: true,
      email: true,
      emailVerified: true,
      phoneNumberVerified: true,
      disabledAt: true,
      password: hashes && { select: { scheme: true, hash: true } },
      attributeValues: { select: { value: true, attribute: { select: { name: true } } } },
      groups: { select: { group: { select: { name: true } } }, orderBy: { group: { nameKey: "asc" } } },
    },
  });
  await withTransaction(context, (_tx, audit) =>
    audit.record({ type: "users.exported", at: context.now(), details: { count: rows.length, hashes } }),
  );
  return {
    users: rows.map(({ id: _id, disabledAt, password, groups, attributeValues, ...row }) => ({
      ...row,
      disabled: disabledAt !== null,
      groups: groups.map(({ group }) => group.name),
      attributes: Object.fromEntries(
        attributeValues.map(({ attribute, value }) => [attribute.name, value as AttributeValue]),
      ),
      passwordHash: password ? writeHash(password) : null,
    })),
    next: rows.length === pageSize ? (rows.at(-1)?.id ?? null) : null,
  };
}

/**
 * All users, page by page. Permitted as a whole before the first of them: a password that was entered recently enough
 * when it began is, for an export that takes long.
 */
export async function* exportAllUsers(context: ServiceContext, hashes: boolean): AsyncGenerator<ExportedUser[]> {
  permitExport(context, hashes);
  let after: string | null = null;
  do {
    const page: Returned<typeof exportUsersWire> = await readPage(context, { hashes, ...(after ? { after } : {}) });
    yield page.users;
    after = page.next;
  } while (after !== null);
}
