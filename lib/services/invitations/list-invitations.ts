import "server-only";
import { z } from "zod";
import { type Sql, sql } from "@/lib/db/lists/sql";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { listInput, listOf } from "../lists/list-wire";
import { inOrderOf, type List, readList } from "../lists/read-list";
import { parseInput } from "../parse";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";

export const invitationStates = ["pending", "expired", "accepted", "revoked"] as const;

export const invitationSorts = ["email", "created", "expires"] as const;

const invitationSummary = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  state: z.enum(invitationStates),
  /** It can get a new link: no newer invitation has replaced it. */
  resendable: z.boolean(),
  groups: z.array(z.string()),
  createdAt: instant,
  expiresAt: instant,
  acceptedAt: instant.nullable(),
  /** The account that it became, if that still exists. */
  acceptedById: z.uuid().nullable(),
  /** The username of who invited; null if a command did, or the account is gone. */
  createdBy: z.string().nullable(),
});

export type InvitationSummary = Described<typeof invitationSummary>;

export const listInvitationsInput = listInput(invitationSorts, { state: z.enum(invitationStates).optional() });

export const listInvitationsWire = {
  input: listInvitationsInput,
  output: listOf("invitations", invitationSummary),
} satisfies Wire;

const invitationList: List<(typeof invitationSorts)[number]> = {
  from: sql`invitations i`,
  id: sql`i.id`,
  searched: {
    column: sql`i.email_key`,
    table: sql`invitations`,
    name: sql`email_key`,
    id: sql`i.id`,
    trigramIndex: "invitations_email_key_trigrams_idx",
  },
  orders: {
    email: { by: sql`i.email_key`, kind: "text" },
    created: { by: sql`i.created_at`, kind: "moment" },
    expires: { by: sql`i.expires_at`, kind: "moment" },
  },
  firstOrder: "-created",
};

/** A page of the invitations, the newest first if nothing else is asked for. */
export async function listInvitations(
  context: ServiceContext,
  input: Sent<typeof listInvitationsWire> = {},
): Promise<Returned<typeof listInvitationsWire>> {
  requirePermission(context, "invitations:read");
  const asked = parseInput(listInvitationsInput, input);
  const at = context.now();
  const conditions = asked.state ? [stateConditions(at)[asked.state]] : [];
  const { ids, ...page } = await readList(invitationList, conditions, asked);
  const rows = await getPrisma().invitation.findMany({ where: { id: { in: ids } }, select: columns });
  const invitations = inOrderOf(ids, rows).map(({ createdBy, openKey, revokedAt, groups, ...row }) => ({
    ...row,
    state: describeState({ ...row, revokedAt }, at),
    resendable: openKey !== null,
    groups: groups.map(({ group }) => group.name),
    createdBy: createdBy?.username ?? null,
  }));
  return { invitations, ...page };
}

const columns = {
  id: true,
  email: true,
  openKey: true,
  createdAt: true,
  expiresAt: true,
  acceptedAt: true,
  acceptedById: true,
  revokedAt: true,
  groups: { select: { group: { select: { name: true } } }, orderBy: { group: { nameKey: "asc" } } },
  createdBy: { select: { username: true } },
} as const;

function stateConditions(at: Date): Record<InvitationSummary["state"], Sql> {
  return {
    pending: sql`i.open_key IS NOT NULL AND i.expires_at > ${at}::timestamptz`,
    expired: sql`i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at <= ${at}::timestamptz`,
    accepted: sql`i.accepted_at IS NOT NULL`,
    revoked: sql`i.revoked_at IS NOT NULL`,
  };
}

interface Ends {
  acceptedAt: Date | null;
  revokedAt: Date | null;
  expiresAt: Date;
}

function describeState({ acceptedAt, revokedAt, expiresAt }: Ends, at: Date): InvitationSummary["state"] {
  if (acceptedAt) return "accepted";
  if (revokedAt) return "revoked";
  return expiresAt <= at ? "expired" : "pending";
}
