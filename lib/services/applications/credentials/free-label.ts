/** The longest label of a secret. */
export const longestLabel = 60;

/** The label, with a number behind it if another secret has it: two with one name can't be told apart. */
export function freeLabel(label: string, taken: readonly string[]): string {
  if (!taken.includes(label)) return label;
  const base = label.replace(/ \(\d+\)$/, "");
  for (let number = 2; ; number++) {
    const suffix = ` (${number})`;
    const candidate = `${[...base]
      .slice(0, longestLabel - suffix.length)
      .join("")
      .trimEnd()}${suffix}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
