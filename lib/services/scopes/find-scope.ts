import "server-only";
import { z } from "zod";
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
