import type { Order, PageOfIds, Position } from "@/lib/db/lists/select-page";
import { isUuid } from "@/lib/oauth/wire/uuid";

/** A place in a list as it stands in a URL. It is of one order: in another it would lead anywhere. */
export function toCursor(sort: string, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString("base64url");
}

/** Null for what isn't a place in this order: the list then begins at its first row. */
export function readCursor(
  cursor: string | undefined,
  sort: string,
  { kind, idKind = "uuid" }: Pick<Order, "kind"> & Pick<PageOfIds, "idKind">,
): Position | null {
  if (!cursor) return null;
  const parts = parse(Buffer.from(cursor, "base64url").toString());
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== sort) return null;
  const [, value, id] = parts as unknown[];
  if (typeof value !== "string" || typeof id !== "string" || value.includes("\0") || id.includes("\0")) return null;
  if (idKind === "uuid" && !isUuid(id)) return null;
  return kind === "moment" && !isMoment(value) ? null : { value, id };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function isMoment(text: string): boolean {
  const at = new Date(text);
  return /^(?!0000)\d{4}-/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString() === text;
}
