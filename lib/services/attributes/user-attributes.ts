import "server-only";
import { z } from "zod";
import { getPrisma } from "@/lib/db/prisma";
import { hasHiddenControl } from "@/lib/oauth/wire/displayed-text";
import { isUuid } from "@/lib/oauth/wire/uuid";
import { requirePermission, type ServiceContext, withTransaction } from "../context";
import { ValidationError } from "../errors";
import { parseInput } from "../parse";
import { requireManageableUser, userNotFound, userReferenceInput, whereUser } from "../users/find-user";
import type { Returned, Sent, Wire } from "../wire";
import { type AttributeValue, type attributeTypes, attributeValue } from "./attribute-schema";
import { attributeColumns, attributeDetails } from "./manage-attributes";

const heldAttribute = attributeDetails.extend({ value: attributeValue.nullable() });

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

export const setUserAttributesInput = z.object({
  ...userReferenceInput.shape,
  /** Null removes the value. Attributes that aren't named stay as they are. */
  values: z.array(z.object({ attributeId: z.string(), value: attributeValue.nullable() })).max(100),
});

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
    const ids = values.map(({ attributeId }) => attributeId).filter(isUuid);
    const attributes = await tx.userAttribute.findMany({
      where: { id: { in: ids } },
      select: { id: true, name: true, type: true },
    });
    const byId = new Map(attributes.map((attribute) => [attribute.id, attribute]));
    const problems = values.flatMap(({ attributeId, value }) => {
      const problem = findProblem(byId.get(attributeId)?.type, value);
      return problem ? [[attributeId, [problem]] satisfies [string, string[]]] : [];
    });
    if (problems.length > 0) throw new ValidationError(Object.fromEntries(problems));
    const set = new Map(values.flatMap(({ attributeId, value }) => (value === null ? [] : [[attributeId, value]])));
    if (attributes.length === 0) return;
    await tx.userAttributeValue.deleteMany({ where: { userId, attributeId: { in: ids } } });
    await tx.userAttributeValue.createMany({
      data: [...set].map(([attributeId, value]) => ({ userId, attributeId, value })),
    });
    const at = context.now();
    // Applications take it as a reason to read everything again.
    await tx.user.update({ where: { id: userId }, data: { updatedAt: at }, select: { id: true } });
    const names = attributes.map(({ name }) => name);
    await audit.record({ type: "user.attributes_changed", at, userId, details: { attributes: names } });
  });
}

function findProblem(type: (typeof attributeTypes)[number] | undefined, value: AttributeValue | null): string | null {
  if (!type) return "This attribute doesn't exist.";
  if (value === null) return null;
  switch (type) {
    case "text":
      return typeof value === "string" ? findTextProblem(value, 1000) : "Enter a text.";
    case "number":
      return typeof value === "number" ? null : "Enter a number.";
    case "boolean":
      return typeof value === "boolean" ? null : "Choose yes or no.";
    case "list": {
      if (!Array.isArray(value)) return "Enter a list.";
      if (value.length > 50) return "A list may have at most 50 entries.";
      return value.map((entry) => findTextProblem(entry, 200)).find((problem) => problem !== null) ?? null;
    }
    default:
      return type satisfies never;
  }
}

function findTextProblem(text: string, maximum: number): string | null {
  if (text.length > maximum) return `Use at most ${maximum} characters.`;
  return hasHiddenControl(text) ? "This contains characters that can't be shown." : null;
}
