import "server-only";
import { NotFoundError } from "../errors";
import { scopeNameSchema } from "./scope-schema";

/** A `where` for one scope. What can't be a name is not found: PostgreSQL answers some of it with an error. */
export function whereScope(name: string): { name: string } {
  if (scopeNameSchema.safeParse(name).data !== name) throw new NotFoundError("The scope");
  return { name };
}
