import "server-only";
import { z } from "zod";
import type { Prisma } from "@/lib/db/client";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { actorId, can, missingPermission, requireActor, type ServiceContext } from "../context";
import { NotFoundError } from "../errors";

/** One application. */
export const applicationReference = z.object({ id: z.string() });

type ApplicationPermission = "applications:read" | "applications:write";

/**
 * The ownership rule. With the permission, every application; without it, users have their own, and other actors, which
 * own none, are refused.
 */
export function accessibleApplications(
  context: ServiceContext,
  permission: ApplicationPermission,
): { ownerId?: string } {
  const actor = requireActor(context);
  if (can(actor, permission)) return {};
  if (actor.kind === "user") return { ownerId: actor.id };
  throw missingPermission(permission, actor);
}

/** Whether the actor may change an application that they see. */
export function isChangeable({ ownerId }: { ownerId: string | null }, context: ServiceContext): boolean {
  return can(context.actor, "applications:write") || (ownerId !== null && ownerId === actorId(context));
}

/** A `where` for one of them. Those of others are "not found", so that IDs can't be probed. */
export function whereApplication(
  context: ServiceContext,
  id: string,
  permission: ApplicationPermission,
): Prisma.ApplicationWhereInput & { id: string } {
  const where = accessibleApplications(context, permission);
  if (!isUuid(id)) throw new NotFoundError("application");
  return { ...where, id };
}
