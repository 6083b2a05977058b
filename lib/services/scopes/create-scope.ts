import "server-only";
import { z } from "zod";
import { requireAdministrator, type ServiceContext, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { parseInput } from "../parse";
import { type ScopeInput, scopeNameSchema, scopeSchema } from "./scope-schema";

export async function createScope(context: ServiceContext, input: ScopeInput & { name: string }): Promise<void> {
  requireAdministrator(context);
  const { name, ...fields } = parseInput(newScopeSchema, input);
  await withTransaction(context, async (tx, audit) => {
    await tx.scope.create({ data: { name, ...fields } }).catch(refuseTakenName);
    await audit.record({ type: "scope.created", at: context.now(), details: { scope: name, ...fields } });
  });
}

const newScopeSchema = z.object({ name: scopeNameSchema, ...scopeSchema.shape });

function refuseTakenName(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "P2002") {
    throw new ValidationError({ name: ["There is a scope with this name already."] });
  }
  throw error;
}
