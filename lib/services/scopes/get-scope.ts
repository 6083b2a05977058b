import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import type { Scope } from "@/lib/oauth/ports/types";
import { requireAdministrator, type ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import { whereScope } from "./find-scope";

/** As many as a page shows; their number is always the true one. */
const shownApplications = 10;

export interface ScopeDetails extends Scope {
  /** No other scope is granted when a request names none. */
  isOnlyDefault: boolean;
  /** How many applications name it in their list of allowed scopes. */
  applicationCount: number;
  /** Those that name no other, so that it can't be deleted before they change: how many, and the first of them. */
  dependentCount: number;
  dependents: { id: string; name: string }[];
  /** The APIs that it means something to. */
  apis: { id: string; name: string; isOnlyScope: boolean }[];
}

export async function getScope(context: ServiceContext, name: string): Promise<ScopeDetails> {
  requireAdministrator(context);
  const prisma = getPrisma();
  const scope = await prisma.scope.findUnique({ where: whereScope(name) });
  if (!scope) throw new NotFoundError("The scope");
  const dependsOnIt = { allowedScopes: { equals: [name] } };
  const [otherDefaults, applicationCount, dependentCount, dependents, apis] = await Promise.all([
    prisma.scope.count({ where: { isDefault: true, name: { not: name } } }),
    prisma.application.count({ where: { allowedScopes: { has: name } } }),
    prisma.application.count({ where: dependsOnIt }),
    prisma.application.findMany({
      where: dependsOnIt,
      select: { id: true, name: true },
      orderBy: { id: "desc" },
      take: shownApplications,
    }),
    prisma.api.findMany({
      where: { scopes: { has: name } },
      select: { id: true, name: true, scopes: true },
      orderBy: { name: "asc" },
    }),
  ]);
  return {
    ...scope,
    isOnlyDefault: scope.isDefault && otherDefaults === 0,
    applicationCount,
    dependentCount,
    dependents,
    apis: apis.map(({ id, name: apiName, scopes }) => ({ id, name: apiName, isOnlyScope: scopes.length === 1 })),
  };
}
