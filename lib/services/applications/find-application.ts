import "server-only";
import type { Prisma } from "@/lib/db/client";
import { isAdministrator, requireActor, type ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { isUuid } from "../parse";

/** The applications that the actor may see and change: an administrator all, everyone else their own. */
export function visibleApplications(context: ServiceContext): Prisma.ApplicationWhereInput {
  const actor = requireActor(context);
  return isAdministrator(context) || actor === "system" ? {} : { ownerId: actor.userId };
}

/** A `where` for one of them. What belongs to others is "not found", so that ids can't be probed. */
export function whereApplication(context: ServiceContext, id: string): Prisma.ApplicationWhereInput & { id: string } {
  if (!isUuid(id)) throw new NotFoundError("The application");
  return { ...visibleApplications(context), id };
}
