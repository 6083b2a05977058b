import "server-only";
import { z } from "zod";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { NotFoundError } from "../errors";

/** One API. An id that is none of an API is not found, whatever it looks like. */
export const apiReference = z.object({ id: z.string() });

/** A `where` for one API. */
export function whereApi(id: string): { id: string } {
  if (!isUuid(id)) throw new NotFoundError("api");
  return { id };
}
