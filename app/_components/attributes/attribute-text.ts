import type { Parameters } from "@/lib/oauth/wire/parameters";
import type { AttributeValue } from "@/lib/services/attributes/attribute-schema";
import type { OwnAttribute } from "@/lib/services/attributes/own-attributes";

/** A value as the text of its field. */
export function toText(value: AttributeValue | null): string {
  if (value === null) return "";
  return Array.isArray(value) ? value.join("\n") : String(value);
}

/** What was typed as a value of this type; as it is if it can't be one, which the use case then says. */
export function toValue(type: OwnAttribute["type"], typed: string): AttributeValue | null {
  const text = typed.trim();
  if (text === "") return null;
  switch (type) {
    case "text":
      return text;
    case "number": {
      const number = Number(text);
      return Number.isFinite(number) ? number : text;
    }
    case "boolean":
      return text === "true" || text === "false" ? text === "true" : text;
    case "list": {
      const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
      return lines.filter((line) => line !== "");
    }
    default:
      return type satisfies never;
  }
}

/** The values that a form sent, by attribute. What it doesn't have stays as it is. */
export function readValues(form: Parameters, attributes: readonly Pick<OwnAttribute, "id" | "type">[]) {
  return attributes.flatMap(({ id, type }) => {
    const typed = form.get(id);
    return typeof typed === "string" ? [{ id, typed, value: toValue(type, typed) }] : [];
  });
}
