import "server-only";
import { problem } from "@/lib/messages/problem";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { mapUniqueViolation } from "../map-unique-violation";
import { parseInput } from "../parse";
import type { Sent, Wire } from "../wire";
import { newScopeInput, newScopeSchema } from "./scope-schema";

export const createScopeWire = { input: newScopeInput, output: null } satisfies Wire;

export async function createScope(context: ServiceContext, input: Sent<typeof createScopeWire>): Promise<void> {
  requirePermission(context, "scopes:write");
  const { name, ...fields } = parseInput(newScopeSchema, input);
  await withTransaction(context, async (tx, audit) => {
    await tx.scope
      .create({ data: { name, ...fields } })
      .catch(mapUniqueViolation("name", problem("consoleProblems.scopes.taken")));
    await audit.record({ type: "scope.created", at: context.now(), details: { scope: name, ...fields } });
  });
}
