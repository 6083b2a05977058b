import "server-only";
import { z } from "zod";
import {
  actorId,
  recordForAll,
  requirePermission,
  type ServiceContext,
  type Transaction,
  withTransaction,
} from "../../context";
import { canSendMail, type MessageToQueue, queueMessages } from "../../mail/queue-message";
import { displayedLine, normalized } from "../../normalized";
import { parseInput } from "../../parse";
import type { Returned, Sent, Wire } from "../../wire";
import { type ManagedUser, userReferenceInput } from "../find-user";
import { endAccess } from "./end-access";
import { bulkReport, selectedUsers, selectManageable, selectOne } from "./manage-users";

const reasonShape = { reason: z.string() };
const reasonStep = { reason: displayedLine(200, null) };

const disableUserInput = z.object({ ...userReferenceInput.shape, ...reasonShape });
const disableUsersInput = z.object({ ...selectedUsers.shape, ...reasonShape });

export const disableUserSchema = normalized(disableUserInput, reasonStep);
export const disableUsersSchema = normalized(disableUsersInput, reasonStep);

export const disableUserWire = { input: disableUserInput, output: null } satisfies Wire;

/**
 * Ends all access of a user at once and keeps them from signing in. The reason is for those who manage users.
 * @throws NotFoundError; ForbiddenError for one's own account, the last administrator, or a user with a portal role
 */
export async function disableUser(context: ServiceContext, input: Sent<typeof disableUserWire>): Promise<void> {
  requirePermission(context, "users:write");
  const { id, reason } = parseInput(disableUserSchema, input);
  await withTransaction(context, async (tx) => {
    const user = await selectOne(tx, context, { id, takesAway: true });
    if (user.disabledAt === null) await disable(tx, context, [user], reason);
  });
}

export const disableUsersWire = { input: disableUsersInput, output: bulkReport } satisfies Wire;

/** The same for those selected in a list, in one transaction. */
export async function disableUsers(
  context: ServiceContext,
  input: Sent<typeof disableUsersWire>,
): Promise<Returned<typeof disableUsersWire>> {
  requirePermission(context, "users:write");
  const { ids, reason } = parseInput(disableUsersSchema, input);
  return withTransaction(context, async (tx) => {
    const { users, refused } = await selectManageable(tx, context, { ids, takesAway: true });
    const [changed, unchanged] = split(users, ({ disabledAt }) => disabledAt === null);
    if (changed.length > 0) await disable(tx, context, changed, reason);
    return { changed: toIds(changed), unchanged: toIds(unchanged), refused };
  });
}

async function disable(
  tx: Transaction,
  context: ServiceContext,
  users: readonly ManagedUser[],
  typed: string,
): Promise<void> {
  const at = context.now();
  const ids = toIds(users);
  const reason = typed === "" ? null : typed;
  // First the mark: a sign-in that comes later finds it, and the session of an earlier one is seen below.
  await tx.user.updateMany({
    where: { id: { in: ids } },
    data: { disabledAt: at, disabledReason: reason, disabledById: actorId(context), updatedAt: at },
  });
  await endAccess(tx, ids, at, "user_disabled");
  await recordForAll(
    tx,
    context,
    ids.map((userId) => ({ type: "user.disabled", at, userId, details: { reason } })),
  );
  await tellAll(tx, context, ids);
}

async function tellAll(tx: Transaction, context: ServiceContext, ids: string[]): Promise<void> {
  if (!canSendMail(context.settings)) return;
  const users = await tx.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, username: true, email: true, locale: true },
  });
  const messages = users.map(({ id: userId, username, email: to, locale }): MessageToQueue => {
    return { kind: "account_disabled", to, userId, locale, values: { username } };
  });
  await queueMessages(tx, context, messages);
}

export const enableUserWire = { input: userReferenceInput, output: null } satisfies Wire;

/** Lets a user sign in again. What was ended stays ended. */
export async function enableUser(context: ServiceContext, { id }: Sent<typeof enableUserWire>): Promise<void> {
  requirePermission(context, "users:write");
  await withTransaction(context, async (tx) => {
    const user = await selectOne(tx, context, { id, takesAway: false });
    if (user.disabledAt !== null) await enable(tx, context, [user]);
  });
}

export const enableUsersWire = { input: selectedUsers, output: bulkReport } satisfies Wire;

/** The same for those selected in a list, in one transaction. */
export async function enableUsers(
  context: ServiceContext,
  input: Sent<typeof enableUsersWire>,
): Promise<Returned<typeof enableUsersWire>> {
  requirePermission(context, "users:write");
  const { ids } = parseInput(selectedUsers, input);
  return withTransaction(context, async (tx) => {
    const { users, refused } = await selectManageable(tx, context, { ids, takesAway: false });
    const [changed, unchanged] = split(users, ({ disabledAt }) => disabledAt !== null);
    if (changed.length > 0) await enable(tx, context, changed);
    return { changed: toIds(changed), unchanged: toIds(unchanged), refused };
  });
}

async function enable(tx: Transaction, context: ServiceContext, users: readonly ManagedUser[]): Promise<void> {
  const at = context.now();
  const ids = toIds(users);
  // A session that a job hadn't ended before this version is over now, not back.
  await endAccess(tx, ids, at, "user_disabled");
  await tx.user.updateMany({
    where: { id: { in: ids } },
    data: { disabledAt: null, disabledReason: null, disabledById: null, updatedAt: at },
  });
  await recordForAll(
    tx,
    context,
    ids.map((userId) => ({ type: "user.enabled", at, userId })),
  );
}

function toIds(users: readonly ManagedUser[]): string[] {
  return users.map(({ id }) => id);
}

function split<Value>(values: readonly Value[], isFirst: (value: Value) => boolean): [Value[], Value[]] {
  return [values.filter(isFirst), values.filter((value) => !isFirst(value))];
}
