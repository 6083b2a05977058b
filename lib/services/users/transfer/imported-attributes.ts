import "server-only";
import { getPrisma } from "@/lib/db/prisma";
import { problem } from "@/lib/messages/problem";
import type { AttributeValue, attributeTypes } from "../../attributes/attribute-schema";
import { toNameKey } from "../../attributes/attribute-schema";
import { findValueProblem } from "../../attributes/store-values";
import { toAttributeColumn } from "./attribute-columns";
import { readFlag, readNames } from "./cell-values";
import { type RowProblem, toRowProblem } from "./row-problem";

type AttributeType = (typeof attributeTypes)[number];

/** The attributes of this server, by the key of their name. */
export type KnownAttributes = ReadonlyMap<string, { id: string; type: AttributeType }>;

/** By name. */
type SentValues = Readonly<Record<string, AttributeValue>>;

/** None of them if no row has any. */
export async function findKnownAttributes(
  rows: readonly { attributes?: SentValues | undefined }[],
): Promise<KnownAttributes> {
  if (rows.every(({ attributes = {} }) => Object.keys(attributes).length === 0)) return new Map();
  const found = await getPrisma().userAttribute.findMany({ select: { id: true, nameKey: true, type: true } });
  return new Map(found.map(({ nameKey, ...attribute }) => [nameKey, attribute]));
}

export interface ParsedValue {
  attributeId: string;
  value: AttributeValue;
}

/** The values of a row, and what is wrong with them. */
export function parseAttributes(
  sent: SentValues,
  known: KnownAttributes,
): { values: ParsedValue[]; problems: RowProblem[] } {
  const [values, problems]: [Map<string, AttributeValue>, RowProblem[]] = [new Map(), []];
  for (const [name, raw] of Object.entries(sent)) {
    const attribute = known.get(toNameKey(name));
    const value = attribute ? readValue(attribute.type, raw) : raw;
    const found = attribute
      ? value !== null && findValueProblem(attribute.type, value)
      : problem("problems.notFound.attribute");
    if (found) problems.push(toRowProblem(toAttributeColumn(name), found));
    else if (attribute && value !== null) values.set(attribute.id, value);
  }
  return { values: [...values].map(([attributeId, value]) => ({ attributeId, value })), problems };
}

/** A cell is text, whatever its attribute is; what can't be read stays as it is. Null: empty. */
function readValue(type: AttributeType, raw: AttributeValue): AttributeValue | null {
  if (Array.isArray(raw)) return raw.length === 0 ? null : raw;
  if (typeof raw !== "string") return raw;
  const text = raw.trim();
  if (text === "") return null;
  switch (type) {
    case "text":
      return text;
    case "number":
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case "boolean":
      return readFlag(text) ?? text;
    case "list":
      return readNames(text) ?? text;
    default:
      return type satisfies never;
  }
}
