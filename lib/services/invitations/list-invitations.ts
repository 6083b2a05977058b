import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { olderThan, pageInput, pageOf, rowsForPage, toPage } from "../page";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";

export const invitationStates = ["pending", "expired", "accepted", "revoked"] as const;

const invitationSummary = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  state: z.enum(invitationStates),
  createdAt: instant,
  expiresAt: instant,
  acceptedAt: instant.nullable(),
  /** The username of who invited; null if a command did, or the account is gone. */
  createdBy: z.string().nullable(),
});

export type InvitationSummary = Described<typeof invitationSummary>;

export const listInvitationsWire = {
  input: pageInput.extend({ state: z.enum(invitationStates).optional() }),
  output: pageOf("invitations", invitationSummary),
} satisfies Wire;

/** A page of the invitations, the newest first. */
export async function listInvitations(
  context: ServiceContext,
  { after, state }: Sent<typeof listInvitationsWire> = {},
): Promise<Returned<typeof listInvitationsWire>> {
  requirePermission(context, "invitations:read");
  const at = context.now();
  const rows = await getPrisma().invitation.findMany({
    where: { ...olderThan(after), ...(state ? whereState(state, at) : {}) },
    orderBy: { id: "desc" },
    take: rowsForPage,
    select: {
      id: true,
      email: true,
      createdAt: true,
      expiresAt: true,
      acceptedAt: true,
      revokedAt: true,
      createdBy: { select: { username: true } },
    },
  });
  const { page, next } = toPage(rows, ({ id }) => id);
  return {
    invitations: page.map(({ createdBy, revokedAt, ...row }) => ({
      ...row,
      state: describeState({ ...row, revokedAt }, at),
      createdBy: createdBy?.username ?? null,
    })),
    next,
  };
}

function whereState(state: InvitationSummary["state"], at: Date) {
  switch (state) {
    case "pending":
      return { openKey: { not: null }, expiresAt: { gt: at } };
    case "expired":
      return { acceptedAt: null, revokedAt: null, expiresAt: { lte: at } };
    case "accepted":
      return { acceptedAt: { not: null } };
    case "revoked":
      return { revokedAt: { not: null } };
  }
}

function describeState(
  { acceptedAt, revokedAt, expiresAt }: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  at: Date,
): InvitationSummary["state"] {
  if (acceptedAt) return "accepted";
  if (revokedAt) return "revoked";
  return expiresAt <= at ? "expired" : "pending";
}
