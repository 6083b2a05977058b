import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { nameApplications, namedApplications } from "../applications/name-applications";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { rowCount } from "../lists/list-wire";
import type { Described, Returned, Sent, Wire } from "../wire";
import { countHolders } from "./count-holders";
import { attributeNotFound, attributeReference, whereAttribute } from "./find-attribute";

const attributeDeletionImpact = z.strictObject({
  name: z.string(),
  claimName: z.string().nullable(),
  /** How many users have a value: up to 10,000; not exact: there are more. */
  users: rowCount,
  /** The applications that may ask for its scope. */
  readers: namedApplications,
});

export type AttributeDeletionImpact = Described<typeof attributeDeletionImpact>;

export const describeAttributeDeletionWire = {
  input: attributeReference,
  output: attributeDeletionImpact,
} satisfies Wire;

export async function describeAttributeDeletion(
  context: ServiceContext,
  { id }: Sent<typeof describeAttributeDeletionWire>,
): Promise<Returned<typeof describeAttributeDeletionWire>> {
  requirePermission(context, "settings:write");
  const prisma = getPrisma();
  const select = { name: true, claimName: true, scopeName: true } as const;
  const attribute = await prisma.userAttribute.findUnique({ where: whereAttribute(id), select });
  if (!attribute) throw attributeNotFound();
  const { name, claimName, scopeName } = attribute;
  const [holdersOf, readers] = await Promise.all([
    countHolders([id]),
    scopeName === null
      ? { count: 0, first: [] }
      : nameApplications(prisma, { allowedScopes: { has: scopeName }, disabledAt: null }),
  ]);
  return { name, claimName, users: holdersOf(id), readers };
}

export const deleteAttributeWire = { input: attributeReference, output: null } satisfies Wire;

/** Deletes an attribute with the values of all users. */
export async function deleteAttribute(
  context: ServiceContext,
  { id }: Sent<typeof deleteAttributeWire>,
): Promise<void> {
  requirePermission(context, "settings:write");
  const where = whereAttribute(id);
  await withTransaction(context, async (tx, audit) => {
    // First the attribute, as whoever stores a value does: so neither waits for the other.
    const [deleted] = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM user_attributes WHERE id = ${id}::uuid FOR UPDATE`;
    if (!deleted) throw attributeNotFound();
    const { count: values } = await tx.userAttributeValue.deleteMany({ where: { attributeId: id } });
    await tx.userAttribute.delete({ where, select: { id: true } });
    const details = { attributeId: id, name: deleted.name, values };
    await audit.record({ type: "attribute.deleted", at: context.now(), details });
  });
}
