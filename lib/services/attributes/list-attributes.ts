import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext } from "../context";
import { rowCount } from "../lists/list-wire";
import type { Described, Returned, Sent, Wire } from "../wire";
import { countHolders } from "./count-holders";
import {
  attributeColumns,
  attributeDetails,
  attributeNotFound,
  attributeReference,
  maximumAttributes,
  whereAttribute,
} from "./find-attribute";

const attributeSummary = attributeDetails.extend({
  /** How many users have a value: up to 10,000; not exact: there are more. */
  users: rowCount,
});

export type AttributeSummary = Described<typeof attributeSummary>;

export const listAttributesWire = { input: null, output: z.array(attributeSummary) } satisfies Wire;

/** All attributes of users, by name. */
export async function listAttributes(context: ServiceContext): Promise<Returned<typeof listAttributesWire>> {
  requirePermission(context, "users:read");
  const attributes = await getPrisma().userAttribute.findMany({
    select: attributeColumns,
    orderBy: { nameKey: "asc" },
    take: maximumAttributes,
  });
  const holdersOf = await countHolders(attributes.map(({ id }) => id));
  return attributes.map((attribute) => ({ ...attribute, users: holdersOf(attribute.id) }));
}

export const getAttributeWire = { input: attributeReference, output: attributeSummary } satisfies Wire;

export async function getAttribute(
  context: ServiceContext,
  { id }: Sent<typeof getAttributeWire>,
): Promise<Returned<typeof getAttributeWire>> {
  requirePermission(context, "users:read");
  const where = whereAttribute(id);
  const [attribute, holdersOf] = await Promise.all([
    getPrisma().userAttribute.findUnique({ where, select: attributeColumns }),
    countHolders([id]),
  ]);
  if (!attribute) throw attributeNotFound();
  return { ...attribute, users: holdersOf(id) };
}
