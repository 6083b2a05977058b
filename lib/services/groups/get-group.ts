import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { type Described, instant, type Returned, type Sent, type Wire } from "../wire";
import { countMembers } from "./count-members";
import { groupNotFound, whereGroup } from "./find-group";
import { groupReference } from "./group-schema";
import { groupColumns, groupSummary } from "./list-groups";

/** How many applications a page about a group names. */
const mostApplications = 200;

const groupDetails = groupSummary.extend({
  updatedAt: instant,
  /** The applications that are for its members, by name; at most 200. */
  applicationsByName: z.array(z.strictObject({ id: z.uuid(), name: z.string(), isRestricted: z.boolean() })),
});

export type GroupDetails = Described<typeof groupDetails>;

export const getGroupWire = { input: groupReference, output: groupDetails } satisfies Wire;

/** `permission`: whether to read it, or to change it. */
export async function getGroup(
  context: ServiceContext,
  { id }: Sent<typeof getGroupWire>,
  permission: "groups:read" | "groups:write" = "groups:read",
): Promise<Returned<typeof getGroupWire>> {
  requirePermission(context, permission);
  const [row, membersOf] = await Promise.all([
    getPrisma().group.findUnique({
      where: whereGroup(id),
      select: {
        ...groupColumns,
        updatedAt: true,
        applications: {
          select: { application: { select: { id: true, name: true, accessRestricted: true } } },
          orderBy: { application: { name: "asc" } },
          take: mostApplications,
        },
      },
    }),
    countMembers([id]),
  ]);
  if (!row) throw groupNotFound();
  const { _count, applications, ...group } = row;
  return {
    ...group,
    members: membersOf(id),
    applications: _count.applications,
    applicationsByName: applications.map(({ application: { accessRestricted, ...application } }) => ({
      ...application,
      isRestricted: accessRestricted,
    })),
  };
}
