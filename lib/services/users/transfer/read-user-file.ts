import { problem } from "@/lib/messages/problem";
import { isStorable, toStorable } from "@/lib/storable-text";
import { findAttributeName, toAttributeColumn } from "./attribute-columns";
import { isListOfTexts, readFlag, readNames } from "./cell-values";
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
  const columns = header.map((name) => findTarget(name));
  const unknown = header.filter((name, index) => name.trim() !== "" && columns[index] === null);
  refuseUnknown(unknown);
  for (const needed of ["username", "email"] as const) {
    if (!columns.some((column) => column?.field === needed))
      throw new UnreadableFileError(problem("consoleProblems.import.noColumn", { column: needed }));
  }
  return records.map((record) => {
    return toUser(columns.map((column, index) => [column, fromCsvValue(record[index] ?? "")]));
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
    refuseUnknown(members.map(([name]) => name).filter((name) => findTarget(name) === null));
    return toUser(members.map(([name, value]) => [findTarget(name), value]));
  });
}

/** What a column or a member is about: a field of users, or an attribute by its name. */
type Target = { field: UserColumn; attribute?: never } | { field?: never; attribute: string };

function findTarget(name: string): Target | null {
  const [field, attribute] = [findColumn(name), findAttributeName(name)];
  if (field !== null) return { field };
  return attribute === null ? null : { attribute };
}

function refuseUnknown(names: readonly string[]) {
  if (names.length === 0) return;
  const known = [...userColumns.map(({ name }) => name), toAttributeColumn("…")].join(", ");
  const columns = names.slice(0, 5).map((name) => shorten(name, 50));
  throw new UnreadableFileError(problem("consoleProblems.import.unknownColumns", { names: columns.join(", "), known }));
}

function shorten(text: string, maximum: number): string {
  return toStorable(text.slice(0, maximum));
}

/** A value of another kind than it should be is left out, and the row's check says what is wrong with it. */
function toUser(values: readonly (readonly [Target | null, unknown])[]): ImportedUser {
  const user: Record<string, unknown> = { username: "", email: "" };
  const attributes = new Map<string, unknown>();
  const unreadable: NonNullable<ImportedUser["unreadable"]> = [];
  for (const [target, value] of values) {
    if (target === null || value === null || value === undefined) continue;
    if (target.attribute !== undefined && value === "") continue;
    const name = target.field ?? toAttributeColumn(target.attribute);
    const expected = target.field === undefined ? "text" : kindOf(target.field);
    const read = target.field === undefined ? readAttribute(value) : readers[expected](value);
    if (read === null) unreadable.push({ field: name, expected });
    else if (![read].flat().every((part) => typeof part !== "string" || isStorable(part))) {
      unreadable.push({ field: name, expected: "storable" });
    } else if (target.field === undefined) attributes.set(target.attribute, read);
    else user[target.field] = read;
  }
  return {
    ...user,
    ...(attributes.size > 0 && { attributes: Object.fromEntries(attributes) }),
    ...(unreadable.length > 0 && { unreadable }),
  } as ImportedUser;
}

/** Of which type it has to be is known only once the attribute is. */
function readAttribute(value: unknown) {
  return ["string", "number", "boolean"].includes(typeof value) || isListOfTexts(value) ? value : null;
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
