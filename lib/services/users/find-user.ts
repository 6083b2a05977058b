import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { can, type ServiceContext, type Transaction } from "../context";
import { ForbiddenError, NotFoundError } from "../errors";
import type { PortalRole } from "../permissions";

/** One user. */
export const userReferenceInput = z.object({ id: z.string() });

/** A `where` for one user. What can't be an id is not found. */
export function whereUser(id: string): { id: string } {
  if (!isUuid(id)) throw userNotFound();
  return { id };
}

export function userNotFound(): NotFoundError {
  return new NotFoundError("user");
}

/** A user as those who manage users find them. Nobody else changes the row until the transaction ends. */
export interface ManagedUser {
  id: string;
  username: string;
  portalRole: PortalRole | null;
  disabledAt: Date | null;
}

/** Those of these users that exist, in one order for all transactions. What can't be an id belongs to nobody. */
export function lockUsers(tx: Transaction, ids: readonly string[]): Promise<ManagedUser[]> {
  // Not FOR UPDATE: what refers to a user, such as a token that is being issued, need not wait.
  return tx.$queryRaw<ManagedUser[]>`
    SELECT id, username, portal_role AS "portalRole", disabled_at AS "disabledAt"
    FROM users WHERE id = ANY(${ids.filter(isUuid)}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
}

/** Those who hold a portal role are managed by those who give roles: nobody else may take over their accounts. */
export function mayManage({ portalRole }: Pick<ManagedUser, "portalRole">, context: ServiceContext): boolean {
  return portalRole === null || can(context.actor, "roles:write");
}

/** The names of those of these users whom the actor may not manage. Roles stay until the transaction ends. */
export async function findProtected(
  tx: Transaction,
  context: ServiceContext,
  userIds: readonly string[],
): Promise<string[]> {
  if (can(context.actor, "roles:write")) return [];
  const users = await lockUsers(tx, userIds);
  return users.filter((user) => !mayManage(user, context)).map(({ username }) => username);
}

/**
 * A user whom the actor, who has `users:write` or the like, is going to change.
 * @throws NotFoundError, ForbiddenError if the user holds a portal role and the actor may not manage those
 */
export async function requireManageableUser(
  tx: Transaction,
  context: ServiceContext,
  userId: string,
): Promise<ManagedUser> {
  const [user] = await lockUsers(tx, [userId]);
  if (!user) throw userNotFound();
  if (!mayManage(user, context)) throw new ForbiddenError(problem("consoleProblems.users.portalRole"));
  return user;
}
