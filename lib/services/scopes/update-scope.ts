import "server-only";
import { problem } from "@/lib/messages/problem";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { NotFoundError, ValidationError } from "../errors";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";
import { lockScope, whereScope } from "./find-scope";
import { introspectionScope, newScopeInput, scopeSchema } from "./scope-schema";

export const updateScopeWire = { input: newScopeInput, output: null } satisfies Wire;

/** Replaces a scope's description and access rules, for what is granted from now on; its name never changes. */
export async function updateScope(context: ServiceContext, input: Sent<typeof updateScopeWire>): Promise<void> {
  requirePermission(context, "scopes:write");
  const { name } = input;
  const where = whereScope(name);
  const after = parseInput(scopeSchema, input);
  if (name === introspectionScope && (after.isDefault || !after.isRestricted)) {
    throw new ValidationError({
      isRestricted: [problem("consoleProblems.scopes.introspection")],
    });
  }
  await withTransaction(context, async (tx, audit) => {
    await lockScope(tx, name);
    const before = await tx.scope.findUnique({
      where,
      select: { description: true, isDefault: true, isRestricted: true },
    });
    if (!before) throw new NotFoundError("scope");
    await tx.scope.update({ where, data: after });
    await audit.record({ type: "scope.updated", at: context.now(), details: { scope: name, before, after } });
  });
}
