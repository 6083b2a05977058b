import "server-only";
import { z } from "zod";
import { isUuid } from "@/lib/oauth/wire/uuid";
import type { Transaction } from "../context";
import { NotFoundError } from "../errors";
import { type Described, instant } from "../wire";
import { attributeAccess, attributeTypes } from "./attribute-schema";

/** Each is a field of every user's page. */
export const maximumAttributes = 100;

export const attributeReference = z.object({ id: z.string() });

export const attributeDetails = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  type: z.enum(attributeTypes),
  userAccess: z.enum(attributeAccess),
  claimName: z.string().nullable(),
  scopeName: z.string().nullable(),
  createdAt: instant,
});

export type AttributeDetails = Described<typeof attributeDetails>;

export const attributeColumns = {
  ...{ id: true, name: true, type: true, userAccess: true, claimName: true, scopeName: true, createdAt: true },
} as const;

/** What can't be an id is not found. */
export function whereAttribute(id: string): { id: string } {
  if (!isUuid(id)) throw attributeNotFound();
  return { id };
}

export function attributeNotFound(): NotFoundError {
  return new NotFoundError("attribute");
}

/** Concurrent changes of an attribute run one after the other: each reads what the one before has stored. */
export async function lockAttribute(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM user_attributes WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}
