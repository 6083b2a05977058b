import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { Scope } from "@/lib/oauth/ports/types";
import { requireUserOrPermission, type ServiceContext } from "../context";

/** Every scope, by name: what an application can be allowed. */
export async function listScopes(context: ServiceContext): Promise<Scope[]> {
  requireUserOrPermission(context, "scopes:read");
  return getPrisma().scope.findMany({ orderBy: { name: "asc" } });
}
