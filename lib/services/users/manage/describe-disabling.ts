import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { actorId, requirePermission, type ServiceContext } from "../../context";
import { parseInput } from "../../parse";
import { whereLiveSession } from "../../sessions/list-sessions";
import type { Returned, Sent, Wire } from "../../wire";
import { mayManage } from "../find-user";
import { selectedUsers } from "./manage-users";

export const describeDisablingWire = {
  input: selectedUsers,
  output: z.strictObject({
    /** Those who would be disabled, by username. */
    users: z.array(z.strictObject({ id: z.uuid(), username: z.string(), name: z.string().nullable() })),
    /** How many of the selected stay as they are. */
    others: z.int(),
    /** How many sessions would end. */
    sessions: z.int(),
  }),
} satisfies Wire;

/** What `disableUsers` would do to those selected in a list. */
export async function describeDisabling(
  context: ServiceContext,
  input: Sent<typeof describeDisablingWire>,
): Promise<Returned<typeof describeDisablingWire>> {
  requirePermission(context, "users:write");
  const ids = [...new Set(parseInput(selectedUsers, input).ids)];
  const own = actorId(context);
  const prisma = getPrisma();
  const found = await prisma.user.findMany({
    where: { id: { in: ids.filter(isUuid) }, disabledAt: null },
    select: { id: true, username: true, name: true, portalRole: true },
    orderBy: { usernameKey: "asc" },
  });
  const users = found.filter((user) => user.id !== own && mayManage(user, context));
  const sessions = await prisma.session.count({
    where: { userId: { in: users.map(({ id }) => id) }, ...whereLiveSession(context) },
  });
  return {
    users: users.map(({ id, username, name }) => ({ id, username, name })),
    others: ids.length - users.length,
    sessions,
  };
}
