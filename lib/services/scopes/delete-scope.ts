import "server-only";
import { problem } from "@/lib/messages/problem";
import { forgetPermissions } from "../authorizations/forget-permissions";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { NotFoundError, ValidationError } from "../errors";
import type { Sent, Wire } from "../wire";
import { scopeColumns, scopeReference, whereScope } from "./find-scope";
import { introspectionScope } from "./scope-schema";

/** The server itself requires one scope, whose page has no form to delete it. */
export function assertDeletable(name: string): void {
  if (name === introspectionScope) throw new ValidationError({ name: [problem("consoleProblems.scopes.fixed")] });
}

export const deleteScopeWire = { input: scopeReference, output: null } satisfies Wire;

/**
 * Deletes a scope and removes its name from every application, API and consent, so that a later scope of the same name
 * begins without any. Tokens keep their scopes until they end.
 */
export async function deleteScope(context: ServiceContext, { name }: Sent<typeof deleteScopeWire>): Promise<void> {
  requirePermission(context, "scopes:write");
  const where = whereScope(name);
  assertDeletable(name);
  await withTransaction(context, async (tx, audit) => {
    const scope = await tx.scope.findUnique({ where, select: scopeColumns });
    if (!scope) throw new NotFoundError("scope");
    // An empty list means every scope that isn't restricted: removing the last name would widen what they may have.
    const dependent = await tx.application.count({ where: { allowedScopes: { equals: [name] } } });
    if (dependent > 0) {
      throw new ValidationError({ name: [problem("consoleProblems.scopes.only")] });
    }
    const applications = await tx.$executeRaw`
      UPDATE applications SET allowed_scopes = array_remove(allowed_scopes, ${name})
      WHERE ${name} = ANY(allowed_scopes) AND cardinality(allowed_scopes) > 1`;
    const apis = await tx.$executeRaw`
      UPDATE apis SET scopes = array_remove(scopes, ${name}) WHERE ${name} = ANY(scopes)`;
    await forgetPermissions(tx, { scope: name });
    await tx.scope.delete({ where });
    const { description, isDefault, isRestricted } = scope;
    await audit.record({
      type: "scope.deleted",
      at: context.now(),
      details: { scope: name, description, isDefault, isRestricted, applications, apis },
    });
  });
}
