import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import {
  listAuthorizationsInput,
  listAuthorizationsWire,
  readAuthorizations,
} from "../../authorizations/list-authorizations";
import { withdraw } from "../../authorizations/revoke-authorization";
import { requirePermission, type ServiceContext, withTransaction } from "../../context";
import { parseInput } from "../../parse";
import type { Returned, Sent, Wire } from "../../wire";
import { requireManageableUser, userNotFound, userReferenceInput, whereUser } from "../find-user";

export const listUserApplicationsInput = z.object({
  ...userReferenceInput.shape,
  ...listAuthorizationsInput.shape,
});

export const listUserApplicationsWire = {
  input: listUserApplicationsInput,
  output: listAuthorizationsWire.output,
} satisfies Wire;

/** A page of the applications that a user has authorized or that hold tokens for them, the most recently used first. */
export async function listUserApplications(
  context: ServiceContext,
  input: Sent<typeof listUserApplicationsWire>,
): Promise<Returned<typeof listUserApplicationsWire>> {
  requirePermission(context, "users:read");
  const { id, ...asked } = parseInput(listUserApplicationsInput, input);
  const user = await getPrisma().user.findUnique({ where: whereUser(id), select: { id: true } });
  if (!user) throw userNotFound();
  return readAuthorizations({ userId: user.id, now: context.now() }, asked);
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
