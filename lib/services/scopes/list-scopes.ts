import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requireUserOrPermission, type ServiceContext } from "../context";
import type { Returned, Wire } from "../wire";
import { scopeColumns, scopeDetails } from "./find-scope";

export const listScopesWire = { input: null, output: z.array(scopeDetails) } satisfies Wire;

/** Every scope, by name: what an application can be allowed. */
export async function listScopes(context: ServiceContext): Promise<Returned<typeof listScopesWire>> {
  requireUserOrPermission(context, "scopes:read");
  return getPrisma().scope.findMany({ select: scopeColumns, orderBy: { name: "asc" } });
}
