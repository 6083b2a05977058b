import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { Scope } from "@/lib/oauth/ports/types";
import { type NamedApplications, nameApplications } from "../applications/name-applications";
import { requirePermission, type ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { whereScope } from "./find-scope";

export interface ScopeDetails extends Scope {
  /** No other scope is granted when a request names none. */
  isOnlyDefault: boolean;
  /** The applications that name it in their list of allowed scopes. */
  applications: NamedApplications;
  /** Those that name no other, so that it can't be deleted before they change. */
  dependents: NamedApplications;
  /** The APIs that it means something to. */
  apis: { id: string; name: string; isOnlyScope: boolean }[];
}

/** `permission`: whether to look at it, or to change it. */
export async function getScope(
  context: ServiceContext,
  name: string,
  permission: "scopes:read" | "scopes:write" = "scopes:read",
): Promise<ScopeDetails> {
  requirePermission(context, permission);
  const prisma = getPrisma();
  const scope = await prisma.scope.findUnique({ where: whereScope(name) });
  if (!scope) throw new NotFoundError("The scope");
  const [otherDefaults, applications, dependents, apis] = await Promise.all([
    prisma.scope.count({ where: { isDefault: true, name: { not: name } } }),
    nameApplications(prisma, { allowedScopes: { has: name } }),
    nameApplications(prisma, { allowedScopes: { equals: [name] } }),
    prisma.api.findMany({
      where: { scopes: { has: name } },
      select: { id: true, name: true, scopes: true },
      orderBy: { name: "asc" },
    }),
  ]);
  return {
    ...scope,
    isOnlyDefault: scope.isDefault && otherDefaults === 0,
    applications,
    dependents,
    apis: apis.map(({ id, name: apiName, scopes }) => ({ id, name: apiName, isOnlyScope: scopes.length === 1 })),
  };
}
