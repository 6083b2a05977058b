import "server-only";
import { z } from "zod";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { NotFoundError } from "../errors";

/** One user. */
export const userReferenceInput = z.object({ id: z.string() });

/** A `where` for one user. What can't be an id is not found. */
export function whereUser(id: string): { id: string } {
  if (!isUuid(id)) throw userNotFound();
  return { id };
}

export function userNotFound(): NotFoundError {
  return new NotFoundError("The user");
}
