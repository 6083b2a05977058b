import "server-only";
import { NotFoundError } from "../errors";
import { isUuid } from "../parse";

/** A `where` for one API. */
export function whereApi(id: string): { id: string } {
  if (!isUuid(id)) throw new NotFoundError("The API");
  return { id };
}
