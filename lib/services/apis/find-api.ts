import "server-only";
import { z } from "zod";
import { isUuid } from "@/lib/oauth/wire/uuid";
import type { Transaction } from "../context";
import { NotFoundError } from "../errors";

/** One API. An id that is none of an API is not found, whatever it looks like. */
export const apiReference = z.object({ id: z.string() });

/** A `where` for one API. */
export function whereApi(id: string): { id: string } {
  if (!isUuid(id)) throw new NotFoundError("api");
  return { id };
}

/** Concurrent changes of an API run one after the other: each reads what the one before has stored. */
export async function lockApi(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM apis WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}
