import "server-only";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { hasHiddenControl } from "@/lib/oauth/wire/displayed-text";
import { isUuid } from "@/lib/oauth/wire/uuid";
import type { Transaction } from "../context";
import { ValidationError } from "../errors";
import { type AttributeValue, type attributeAccess, type attributeTypes, attributeValue } from "./attribute-schema";

/** Null removes the value. Attributes that aren't named stay as they are. */
export const sentValues = z.array(z.object({ attributeId: z.string(), value: attributeValue.nullable() })).max(100);

export interface StoringValues {
  userId: string;
  values: z.output<typeof sentValues>;
  /** Only attributes with this access exist for whoever sends them; absent: all do. */
  userAccess?: (typeof attributeAccess)[number];
  at: Date;
}

/**
 * Stores values of a user, and answers the names of the attributes that changed.
 * @throws ValidationError by the attribute's ID
 */
export async function storeValues(tx: Transaction, storing: StoringValues): Promise<string[]> {
  const { userId, values, userAccess, at } = storing;
  const sent = new Map(values.map(({ attributeId, value }) => [attributeId, value]));
  const ids = [...sent.keys()].filter(isUuid);
  // None of them is deleted until the transaction ends: its values would belong to nothing.
  await tx.$queryRaw`SELECT id FROM user_attributes WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR KEY SHARE`;
  const attributes = await tx.userAttribute.findMany({
    where: { id: { in: ids }, ...(userAccess && { userAccess }) },
    select: { id: true, name: true, type: true, values: { where: { userId }, select: { value: true } } },
  });
  const byId = new Map(attributes.map((attribute) => [attribute.id, attribute]));
  const problems = [...sent].flatMap(([id, value]) => {
    const found = findValueProblem(byId.get(id)?.type, value);
    return found ? [[id, [found]] satisfies [string, string[]]] : [];
  });
  if (problems.length > 0) throw new ValidationError(Object.fromEntries(problems));
  const changed = attributes.filter(
    ({ id, values: [held] }) => !isDeepStrictEqual(held?.value, sent.get(id) ?? undefined),
  );
  if (changed.length === 0) return [];
  await tx.userAttributeValue.deleteMany({ where: { userId, attributeId: { in: changed.map(({ id }) => id) } } });
  await tx.userAttributeValue.createMany({
    data: changed.flatMap(({ id }) => {
      const value = sent.get(id) ?? null;
      return value === null ? [] : [{ userId, attributeId: id, value }];
    }),
  });
  // Applications take it as a reason to read everything again.
  await tx.user.update({ where: { id: userId }, data: { updatedAt: at }, select: { id: true } });
  return changed.map(({ name }) => name);
}

/** What is wrong with a value of this type; undefined: there is no such attribute. */
export function findValueProblem(
  type: (typeof attributeTypes)[number] | undefined,
  value: AttributeValue | null,
): string | null {
  if (!type) return problem("problems.notFound.attribute");
  if (value === null) return null;
  switch (type) {
    case "text":
      return typeof value === "string" ? findTextProblem(value, 1000) : problem("fieldProblems.kind");
    case "number":
      return typeof value === "number" ? null : problem("fieldProblems.number");
    case "boolean":
      return typeof value === "boolean" ? null : problem("fieldProblems.kind");
    case "list": {
      if (!Array.isArray(value)) return problem("fieldProblems.kind");
      if (value.length > mostEntries) return problem("fieldProblems.entries", { maximum: mostEntries });
      return value.map((entry) => findTextProblem(entry, 200)).find((found) => found !== null) ?? null;
    }
    default:
      return type satisfies never;
  }
}

const mostEntries = 50;

function findTextProblem(text: string, maximum: number): string | null {
  if (text.length > maximum) return problem("fieldProblems.long", { maximum });
  return hasHiddenControl(text) ? problem("fieldProblems.hidden") : null;
}
