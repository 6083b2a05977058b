/** The values of cells, which are text, and of members in JSON. Null: the value is of another kind. */

export function readFlag(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" || typeof value === "number" ? String(value).trim().toLowerCase() : null;
  if (word === "true" || word === "yes" || word === "1") return true;
  return word === "" || word === "false" || word === "no" || word === "0" ? false : null;
}

/** In a cell, names are separated by semicolons; a JSON list is for those that have one. */
export function readNames(value: unknown): string[] | null {
  if (isListOfTexts(value)) return value;
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (text.startsWith("[")) {
    try {
      const list: unknown = JSON.parse(text);
      if (isListOfTexts(list)) return list;
    } catch {
      // A name may begin like this too.
    }
  }
  return text.split(";").flatMap((name) => name.trim() || []);
}

export function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}
