import "server-only";
import { z } from "zod";
import type { Transaction } from "../context";
import { NotFoundError } from "../errors";
import { scopeNameSchema } from "./scope-schema";

/** One scope. */
export const scopeReference = z.object({ name: z.string() });

export const scopeDetails = z.strictObject({
  name: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  isRestricted: z.boolean(),
});

export const scopeColumns = { name: true, description: true, isDefault: true, isRestricted: true } as const;

/** A `where` for one scope. What can't be a name is not found: PostgreSQL rejects some of it with an error. */
export function whereScope(name: string): { name: string } {
  if (scopeNameSchema.safeParse(name).data !== name) throw new NotFoundError("scope");
  return { name };
}

/** Concurrent changes of a scope run one after the other: each reads what the one before has stored. */
export async function lockScope(tx: Transaction, name: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM scopes WHERE name = ${name} FOR NO KEY UPDATE`;
}
