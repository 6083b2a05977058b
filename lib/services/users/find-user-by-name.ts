import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { toSignInKey } from "@/lib/db/user-key";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext } from "../context";
import type { Returned, Sent, Wire } from "../wire";
import { userNotFound } from "./find-user";

export const findUserByNameWire = {
  /** A username, an e-mail address or an ID. */
  input: z.object({ name: z.string() }),
  output: z.strictObject({ id: z.uuid(), username: z.string() }),
} satisfies Wire;

/** The user whom someone names in a command. A username comes before an address. */
export async function findUserByName(
  context: ServiceContext,
  { name }: Sent<typeof findUserByNameWire>,
): Promise<Returned<typeof findUserByNameWire>> {
  requirePermission(context, "users:read");
  const key = toSignInKey(name) ?? "";
  const users = await getPrisma().user.findMany({
    where: { OR: [{ usernameKey: key }, { emailKey: key }, ...(isUuid(name) ? [{ id: name }] : [])] },
    select: { id: true, username: true, usernameKey: true },
  });
  const user = users.find(({ usernameKey }) => usernameKey === key) ?? users[0];
  if (!user) throw userNotFound();
  return { id: user.id, username: user.username };
}
