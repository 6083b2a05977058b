import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { nameApplications, namedApplications } from "../applications/name-applications";
import { requirePermission, type ServiceContext } from "../context";
import { NotFoundError } from "../errors";
import type { Described, Returned, Sent, Wire } from "../wire";
import { scopeColumns, scopeDetails, scopeReference, whereScope } from "./find-scope";

const scopeInUse = scopeDetails.extend({
  /** No other scope is granted if a request names none. */
  isOnlyDefault: z.boolean(),
  /** The applications that name it in their list of allowed scopes. */
  applications: namedApplications,
  /** Those that name no other: they have to change before it can be deleted. */
  dependents: namedApplications,
  /** The APIs that use it. */
  apis: z.array(z.strictObject({ id: z.uuid(), name: z.string(), isOnlyScope: z.boolean() })),
});

export type ScopeDetails = Described<typeof scopeInUse>;

export const getScopeWire = { input: scopeReference, output: scopeInUse } satisfies Wire;

/** `permission`: whether to read it, or to change it. */
export async function getScope(
  context: ServiceContext,
  { name }: Sent<typeof getScopeWire>,
  permission: "scopes:read" | "scopes:write" = "scopes:read",
): Promise<Returned<typeof getScopeWire>> {
  requirePermission(context, permission);
  const prisma = getPrisma();
  const scope = await prisma.scope.findUnique({ where: whereScope(name), select: scopeColumns });
  if (!scope) throw new NotFoundError("scope");
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
