import { findDelimiter, fromCsvValue, parseCsv } from "./csv";
import type { ImportedUser } from "./imported-user";
import { findColumn, isFlag, type UserColumn, userColumns } from "./user-columns";

/** The file as a whole can't be read; its message is for the person who chose it. */
export class UnreadableFileError extends Error {}

/**
 * The users in a file: CSV whose first line names the columns, or JSON, a list of objects.
 * @throws UnreadableFileError
 */
export function readUserFile(text: string): ImportedUser[] {
  const content = text.replace(/^\uFEFF/, "");
  return /^\s*\[/.test(content) ? readJson(content) : readCsv(content);
}

function readCsv(text: string): ImportedUser[] {
  const [header, ...records] = parseCsv(text, findDelimiter(text)) ?? [];
  if (!header) throw new UnreadableFileError("The file is empty, or a quotation mark in it is never closed.");
  const columns = header.map((name) => findColumn(name));
  const unknown = header.filter((name, index) => name.trim() !== "" && columns[index] === null);
  refuseUnknown(unknown);
  for (const needed of ["username", "email"] as const) {
    if (!columns.includes(needed)) throw new UnreadableFileError(`The first line has no column ${needed}.`);
  }
  return records.map((record) => {
    const values = columns.flatMap((column, index): [UserColumn, string][] =>
      column ? [[column, fromCsvValue(record[index] ?? "")]] : [],
    );
    return toUser(Object.fromEntries(values));
  });
}

function readJson(text: string): ImportedUser[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new UnreadableFileError(`The file is not valid JSON: ${(error as Error).message.slice(0, 200)}`);
  }
  if (!Array.isArray(list) || list.some((entry) => typeof entry !== "object" || entry === null)) {
    throw new UnreadableFileError("The file must be a list of objects, one for each user.");
  }
  return (list as Record<string, unknown>[]).map((entry) => {
    const members = Object.entries(entry);
    refuseUnknown(members.map(([name]) => name).filter((name) => findColumn(name) === null));
    return toUser(Object.fromEntries(members.map(([name, value]) => [findColumn(name), value])));
  });
}

function refuseUnknown(names: readonly string[]) {
  if (names.length === 0) return;
  const known = userColumns.map(({ name }) => name).join(", ");
  throw new UnreadableFileError(`Unknown columns: ${names.slice(0, 5).join(", ")}. There are: ${known}.`);
}

/** A value of another kind than it should be becomes text, and the row's check says what is wrong with it. */
function toUser(values: Partial<Record<UserColumn, unknown>>): ImportedUser {
  const user: Record<string, unknown> = { username: "", email: "" };
  for (const [field, value] of Object.entries(values) as [UserColumn, unknown][]) {
    if (value === null || value === undefined) continue;
    if (field === "groups") user[field] = toNames(value);
    else user[field] = isFlag(field) ? isTrue(value) : String(value);
  }
  return user as ImportedUser;
}

function isTrue(value: unknown): boolean {
  return value === true || /^(true|yes|1)$/i.test(String(value).trim());
}

/** In a cell, names are separated by semicolons; a JSON list is for those that have one. */
function toNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  const text = String(value).trim();
  if (text.startsWith("[")) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list)) return list.map(String);
    } catch {
      // A name may begin like this too.
    }
  }
  return text.split(";").flatMap((name) => name.trim() || []);
}
