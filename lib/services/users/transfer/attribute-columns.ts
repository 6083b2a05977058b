const attributePrefix = "attributes.";

/** The column of an attribute of users, by its name. */
export function toAttributeColumn(name: string): string {
  return `${attributePrefix}${name}`;
}

/** Null: the column is no attribute. */
export function findAttributeName(column: string): string | null {
  const [prefix, name] = [
    column.trimStart().slice(0, attributePrefix.length),
    column.trim().slice(attributePrefix.length),
  ];
  return prefix.toLowerCase() === attributePrefix && name.trim() !== "" ? name.trim() : null;
}
