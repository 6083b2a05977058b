import { problem } from "@/lib/messages/problem";
import { isStorable, toStorable } from "@/lib/storable-text";
import { findDelimiter, fromCsvValue, parseCsv } from "./csv";
import type { ImportedUser } from "./imported-user";
import { findColumn, isFlag, type UserColumn, userColumns } from "./user-columns";

/** The file as a whole can't be read; its message is a problem by its code. */
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
  if (!header) throw new UnreadableFileError(problem("consoleProblems.import.empty"));
  const columns = header.map((name) => findColumn(name));
  const unknown = header.filter((name, index) => name.trim() !== "" && columns[index] === null);
  refuseUnknown(unknown);
  for (const needed of ["username", "email"] as const) {
    if (!columns.includes(needed))
      throw new UnreadableFileError(problem("consoleProblems.import.noColumn", { column: needed }));
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
    throw new UnreadableFileError(
      problem("consoleProblems.import.json", { reason: shorten((error as Error).message, 200) }),
    );
  }
  if (
    !Array.isArray(list) ||
    list.some((entry) => typeof entry !== "object" || entry === null || Array.isArray(entry))
  ) {
    throw new UnreadableFileError(problem("consoleProblems.import.notList"));
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
  const columns = names.slice(0, 5).map((name) => shorten(name, 50));
  throw new UnreadableFileError(problem("consoleProblems.import.unknownColumns", { names: columns.join(", "), known }));
}

function shorten(text: string, maximum: number): string {
  return toStorable(text.slice(0, maximum));
}

/** A value of another kind than it should be is left out, and the row's check says what is wrong with it. */
function toUser(values: Partial<Record<UserColumn, unknown>>): ImportedUser {
  const user: Record<string, unknown> = { username: "", email: "" };
  const unreadable: NonNullable<ImportedUser["unreadable"]> = [];
  for (const [field, value] of Object.entries(values) as [UserColumn, unknown][]) {
    if (value === null || value === undefined) continue;
    const expected = kindOf(field);
    const read = readers[expected](value);
    if (read === null) unreadable.push({ field, expected });
    else if ([read].flat().every((part) => typeof part !== "string" || isStorable(part))) user[field] = read;
    else unreadable.push({ field, expected: "storable" });
  }
  return (unreadable.length > 0 ? { ...user, unreadable } : user) as ImportedUser;
}

function kindOf(field: UserColumn): keyof typeof readers {
  if (field === "groups") return "list";
  return isFlag(field) ? "flag" : "text";
}

/** Null: the value is of another kind. */
const readers = {
  text: (value: unknown) => (typeof value === "string" ? value : null),
  flag: readFlag,
  list: readNames,
};

function readFlag(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" || typeof value === "number" ? String(value).trim().toLowerCase() : null;
  if (word === "true" || word === "yes" || word === "1") return true;
  return word === "" || word === "false" || word === "no" || word === "0" ? false : null;
}

/** In a cell, names are separated by semicolons; a JSON list is for those that have one. */
function readNames(value: unknown): string[] | null {
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

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}
