import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { parseInput } from "../parse";
import { requireManageableUser, userNotFound, userReferenceInput, whereUser } from "../users/find-user";
import type { Described, Returned, Sent, Wire } from "../wire";
import { type AttributeValue, attributeValue } from "./attribute-schema";
import { attributeColumns, attributeDetails } from "./find-attribute";
import { sentValues, storeValues } from "./store-values";

const heldAttribute = attributeDetails.extend({ value: attributeValue.nullable() });

export type HeldAttribute = Described<typeof heldAttribute>;

export const getUserAttributesWire = { input: userReferenceInput, output: z.array(heldAttribute) } satisfies Wire;

/** All attributes with a user's values, by name; null for one that the user has no value of. */
export async function getUserAttributes(
  context: ServiceContext,
  { id }: Sent<typeof getUserAttributesWire>,
): Promise<Returned<typeof getUserAttributesWire>> {
  requirePermission(context, "users:read");
  const prisma = getPrisma();
  const { id: userId } = whereUser(id);
  const [user, attributes] = await Promise.all([
    prisma.user.findUnique({ where: { id: userId }, select: { id: true } }),
    prisma.userAttribute.findMany({
      select: { ...attributeColumns, values: { where: { userId }, select: { value: true } } },
      orderBy: { nameKey: "asc" },
    }),
  ]);
  if (!user) throw userNotFound();
  return attributes.map(({ values: [held], ...attribute }) => ({
    ...attribute,
    value: (held?.value ?? null) as AttributeValue | null,
  }));
}

export const setUserAttributesInput = z.object({ ...userReferenceInput.shape, values: sentValues });

export const setUserAttributesWire = { input: setUserAttributesInput, output: null } satisfies Wire;

/** Sets values of a user's attributes. @throws ValidationError by the attribute's ID, NotFoundError, ForbiddenError */
export async function setUserAttributes(
  context: ServiceContext,
  input: Sent<typeof setUserAttributesWire>,
): Promise<void> {
  requirePermission(context, "users:write");
  const { id, values } = parseInput(setUserAttributesInput, input);
  await withTransaction(context, async (tx, audit) => {
    const { id: userId } = await requireManageableUser(tx, context, id);
    const at = context.now();
    const attributes = await storeValues(tx, { userId, values, at });
    if (attributes.length === 0) return;
    await audit.record({ type: "user.attributes_changed", at, userId, details: { attributes } });
  });
}
