import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { requireUser, type ServiceContext, withTransaction } from "../context";
import { parseInput } from "../parse";
import { lockUsers } from "../users/find-user";
import type { Described, Returned, Sent, Wire } from "../wire";
import { type AttributeValue, attributeTypes, attributeValue } from "./attribute-schema";
import { sentValues, storeValues } from "./store-values";

const ownAttribute = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  type: z.enum(attributeTypes),
  value: attributeValue.nullable(),
  /** Whether the user may change it. */
  changeable: z.boolean(),
  /** Whether applications can get it, if the user allows it. */
  isShared: z.boolean(),
});

export type OwnAttribute = Described<typeof ownAttribute>;

export const getOwnAttributesWire = { input: null, output: z.array(ownAttribute) } satisfies Wire;

/** The attributes that users see of themselves, by name, with the values of the signed-in one. */
export async function getOwnAttributes(context: ServiceContext): Promise<Returned<typeof getOwnAttributesWire>> {
  const userId = requireUser(context);
  const attributes = await getPrisma().userAttribute.findMany({
    where: { userAccess: { not: "none" } },
    select: {
      ...{ id: true, name: true, type: true, userAccess: true, scopeName: true },
      values: { where: { userId }, select: { value: true } },
    },
    orderBy: { nameKey: "asc" },
  });
  return attributes.map(({ values: [held], userAccess, scopeName, ...attribute }) => ({
    ...attribute,
    value: (held?.value ?? null) as AttributeValue | null,
    changeable: userAccess === "write",
    isShared: scopeName !== null,
  }));
}

export const setOwnAttributesInput = z.object({ values: sentValues });

export const setOwnAttributesWire = { input: setOwnAttributesInput, output: null } satisfies Wire;

/**
 * Sets values of the signed-in user. An attribute that users may not change doesn't exist here.
 * @throws ValidationError by the attribute's ID
 */
export async function setOwnAttributes(
  context: ServiceContext,
  input: Sent<typeof setOwnAttributesWire>,
): Promise<void> {
  const userId = requireUser(context);
  const { values } = parseInput(setOwnAttributesInput, input);
  await withTransaction(context, async (tx, audit) => {
    await lockUsers(tx, [userId]);
    const at = context.now();
    const attributes = await storeValues(tx, { userId, values, userAccess: "write", at });
    if (attributes.length === 0) return;
    await audit.record({ type: "profile.attributes_changed", at, userId, details: { attributes } });
  });
}
