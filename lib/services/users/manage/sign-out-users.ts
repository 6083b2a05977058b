import "server-only";
import { endSessions } from "@/lib/db/oauth/end-sessions";
import { recordForAll, requirePermission, type ServiceContext, type Transaction, withTransaction } from "../../context";
import { parseInput } from "../../parse";
import { revokeGrantsOfSessions } from "../../sessions/revoke-sessions";
import type { Returned, Sent, Wire } from "../../wire";
import { requireManageableUser, userReferenceInput } from "../find-user";
import { bulkReport, selectedUsers, selectManageable } from "./manage-users";

export const signOutUserWire = { input: userReferenceInput, output: null } satisfies Wire;

/** Signs a user out everywhere, and ends everything that applications hold for them. They may sign in again. */
export async function signOutUser(context: ServiceContext, { id }: Sent<typeof signOutUserWire>): Promise<void> {
  requirePermission(context, "sessions:write");
  await withTransaction(context, async (tx) => {
    const user = await requireManageableUser(tx, context, id);
    await signOut(tx, context, [user.id]);
  });
}

export const signOutUsersWire = { input: selectedUsers, output: bulkReport } satisfies Wire;

/** The same for those selected in a list, in one transaction. */
export async function signOutUsers(
  context: ServiceContext,
  input: Sent<typeof signOutUsersWire>,
): Promise<Returned<typeof signOutUsersWire>> {
  requirePermission(context, "sessions:write");
  const { ids } = parseInput(selectedUsers, input);
  return withTransaction(context, async (tx) => {
    const { users, refused } = await selectManageable(tx, context, { ids, takesAway: false });
    const changed = users.map((user) => user.id);
    if (changed.length > 0) await signOut(tx, context, changed);
    return { changed, unchanged: [], refused };
  });
}

async function signOut(tx: Transaction, context: ServiceContext, ids: string[]): Promise<void> {
  const at = context.now();
  await endSessions(tx, { userId: { in: ids } }, at);
  await revokeGrantsOfSessions(tx, { userId: { in: ids } }, at, "session_ended");
  await recordForAll(
    tx,
    context,
    ids.map((userId) => ({ type: "user.signed_out", at, userId })),
  );
}
