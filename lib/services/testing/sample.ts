type Description = Readonly<Record<string, unknown>>;

/** Texts that patterns in the schemas of use cases ask for. */
const texts = [
  "",
  "read",
  "24",
  "a client secret of 32 characters".replaceAll(" ", "-"),
  "01890000-0000-7000-8000-000000000000",
  "2026-11-27T00:00:00.000Z",
];

/** A value that a description in JSON Schema allows, with every member that it names. */
export function sampleOf(description: Description): unknown {
  const { type, enum: choices, anyOf, items, properties, minimum, minItems } = description;
  if (Array.isArray(choices)) return choices[0];
  if (Array.isArray(anyOf)) return sampleOf(anyOf[0] as Description);
  switch (Array.isArray(type) ? type[0] : type) {
    case "object":
      return Object.fromEntries(
        Object.entries(Object(properties) as Record<string, Description>).map(([name, one]) => [name, sampleOf(one)]),
      );
    case "array":
      return minItems === undefined ? [] : [sampleOf(items as Description)];
    case "string":
      return sampleText(description);
    case "integer":
    case "number":
      return Math.max(0, Number(minimum ?? 0));
    case "boolean":
      return true;
    default:
      throw new Error(`No sample of ${JSON.stringify(description)}`);
  }
}

function sampleText({ pattern = "", minLength = 0 }: Description): string {
  const found = texts.find((text) => text.length >= Number(minLength) && new RegExp(String(pattern), "u").test(text));
  if (found === undefined) throw new Error(`No text for ${pattern}`);
  return found;
}
