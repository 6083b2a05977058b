import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext } from "../context";
import type { Returned, Sent, Wire } from "../wire";

export const nameGroupsWire = {
  input: z.object({ ids: z.array(z.string()).max(1000) }),
  output: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
} satisfies Wire;

/** The names of these groups, in alphabetical order. Those that don't exist are left out. */
export async function nameGroups(
  context: ServiceContext,
  { ids }: Sent<typeof nameGroupsWire>,
): Promise<Returned<typeof nameGroupsWire>> {
  requirePermission(context, "groups:read");
  return getPrisma().group.findMany({
    where: { id: { in: ids.filter(isUuid).slice(0, 1000) } },
    select: { id: true, name: true },
    orderBy: { nameKey: "asc" },
  });
}
