/**
 * The buttons of a list that has one input for each row. A script carries them out in the page; without JavaScript they
 * send the form, which comes back with everything typed and the list changed.
 */

const rowChanges = ["add", "up", "down", "remove"] as const;

export type RowChange = (typeof rowChanges)[number];

/** The name of the buttons. */
export const rowCommandName = "row_command";

/** The value of a button: the field, what happens to its row, and which row that is. */
export function toRowCommand(field: string, change: RowChange, row: number): string {
  return `${field} ${change} ${row}`;
}

/** The rows after the change; the same if there is nothing to change. */
export function changeRows<Row>(rows: readonly Row[], change: RowChange, index: number): Row[] {
  const other = index + (change === "up" ? -1 : 1);
  const [one, two] = [rows[index], rows[other]];
  if (change === "remove") return rows.filter((_, at) => at !== index);
  if (change === "add" || one === undefined || two === undefined) return [...rows];
  return rows.map((row, at) => {
    if (at === index) return two;
    return at === other ? one : row;
  });
}

/** The values of the form after the button that sent it; null if it was none of these. */
export function applyRowCommand(values: Readonly<Record<string, string[]>>): Record<string, string[]> | null {
  const [command] = values[rowCommandName] ?? [];
  if (command === undefined) return null;
  const { [rowCommandName]: _, ...rest } = values;
  const [field = "", name, row] = command.split(" ");
  const change = rowChanges.find((known) => known === name);
  const rows = Object.hasOwn(rest, field) ? rest[field] : undefined;
  return change && rows ? { ...rest, [field]: changeRows(rows, change, Number(row)) } : rest;
}
