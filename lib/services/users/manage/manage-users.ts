import "server-only";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { actorId, type ServiceContext, type Transaction } from "../../context";
import { ForbiddenError, type ServiceError } from "../../errors";
import { lockUsers, type ManagedUser, mayManage, userNotFound } from "../find-user";
import { lastAdministrator, leavesAdministrator } from "./last-administrator";

/** What one transaction does at most. */
const maximumSelected = 200;

export const selectedUsers = z.object({ ids: z.array(z.string()).min(1).max(maximumSelected) });

const refusals = ["not_found", "not_allowed", "own_account", "last_administrator"] as const;

type Refusal = (typeof refusals)[number];

/** What became of each of the selected users. */
export const bulkReport = z.strictObject({
  changed: z.array(z.uuid()),
  /** They were like this already. */
  unchanged: z.array(z.uuid()),
  refused: z.array(z.strictObject({ id: z.string(), reason: z.enum(refusals) })),
});

interface Sorted {
  users: ManagedUser[];
  refused: { id: string; reason: Refusal }[];
}

/** `takesAway`: they can't sign in afterwards, so nobody does it to their own account or to the last administrator. */
interface Selection {
  ids: readonly string[];
  takesAway: boolean;
}

/** Locks those whom the actor may change, and says of every other one why not. */
export async function selectManageable(
  tx: Transaction,
  context: ServiceContext,
  { ids, takesAway }: Selection,
): Promise<Sorted> {
  const asked = [...new Set(ids)];
  const leaves = !takesAway || (await leavesAdministrator(tx, asked.filter(isUuid)));
  const found = new Map((await lockUsers(tx, asked)).map((user) => [user.id, user]));
  const own = takesAway ? actorId(context) : null;
  const sorted: Sorted = { users: [], refused: [] };
  for (const id of asked) {
    const user = found.get(id.toLowerCase());
    const reason = findRefusal(user, context, { own, leaves });
    if (reason) sorted.refused.push({ id, reason });
    else if (user) sorted.users.push(user);
  }
  return sorted;
}

function findRefusal(
  user: ManagedUser | undefined,
  context: ServiceContext,
  { own, leaves }: { own: string | null; leaves: boolean },
): Refusal | null {
  if (!user) return "not_found";
  if (!mayManage(user, context)) return "not_allowed";
  if (user.id === own) return "own_account";
  return user.portalRole === "administrator" && user.disabledAt === null && !leaves ? "last_administrator" : null;
}

/** For one user: the same rules, as errors. */
export async function selectOne(
  tx: Transaction,
  context: ServiceContext,
  { id, takesAway }: { id: string; takesAway: boolean },
): Promise<ManagedUser> {
  const { users, refused } = await selectManageable(tx, context, { ids: [id], takesAway });
  const [user] = users;
  if (!user) throw toError(refused[0]?.reason ?? "not_found");
  return user;
}

function toError(reason: Refusal): ServiceError {
  switch (reason) {
    case "not_found":
      return userNotFound();
    case "not_allowed":
      return new ForbiddenError(problem("consoleProblems.users.portalRole"));
    case "own_account":
      return new ForbiddenError(problem("consoleProblems.users.ownAccount"));
    case "last_administrator":
      return lastAdministrator();
    default:
      return reason satisfies never;
  }
}
