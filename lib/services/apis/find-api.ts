import "server-only";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { NotFoundError } from "../errors";

/** A `where` for one API. */
export function whereApi(id: string): { id: string } {
  if (!isUuid(id)) throw new NotFoundError("The API");
  return { id };
}
