import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { authorization, findAuthorizations } from "../../authorizations/list-authorizations";
import { withdraw } from "../../authorizations/revoke-authorization";
import { requirePermission, type ServiceContext, withTransaction } from "../../context";
import type { Returned, Sent, Wire } from "../../wire";
import { requireManageableUser, userNotFound, userReferenceInput, whereUser } from "../find-user";

export const listUserApplicationsWire = { input: userReferenceInput, output: z.array(authorization) } satisfies Wire;

/** The applications that a user has authorized or that hold tokens for them, the most recently used first. */
export async function listUserApplications(
  context: ServiceContext,
  { id }: Sent<typeof listUserApplicationsWire>,
): Promise<Returned<typeof listUserApplicationsWire>> {
  requirePermission(context, "users:read");
  const user = await getPrisma().user.findUnique({ where: whereUser(id), select: { id: true } });
  if (!user) throw userNotFound();
  return findAuthorizations(user.id, context.now());
}

export const revokeUserApplicationWire = {
  input: z.object({ ...userReferenceInput.shape, applicationId: z.string() }),
  output: null,
} satisfies Wire;

/** Revokes what a user allowed an application, with its tokens. The application has to ask the user again. */
export async function revokeUserApplication(
  context: ServiceContext,
  { id, applicationId }: Sent<typeof revokeUserApplicationWire>,
): Promise<void> {
  requirePermission(context, "users:write");
  await withTransaction(context, async (tx, audit) => {
    const { id: userId } = await requireManageableUser(tx, context, id);
    await withdraw(tx, audit, { userId, applicationId }, context.now());
  });
}
