import { toSnakeCase } from "@/lib/oauth/wire/spelling";
import { profileFields } from "../profile-schema";
import type { ImportedUser } from "./imported-user";

/** The columns of a CSV file and the members in a JSON file, which are spelt `given_name` there. */
const fields = [
  "username",
  "email",
  "emailVerified",
  ...profileFields,
  "phoneNumberVerified",
  "disabled",
  "groups",
  "subject",
  "passwordHash",
] as const satisfies readonly (keyof ImportedUser)[];

export type UserColumn = (typeof fields)[number];

export const userColumns: readonly { field: UserColumn; name: string }[] = fields.map((field) => ({
  field,
  name: toSnakeCase(field),
}));

const flags: ReadonlySet<UserColumn> = new Set(["emailVerified", "phoneNumberVerified", "disabled"]);

export function isFlag(field: UserColumn): boolean {
  return flags.has(field);
}

export function findColumn(name: string): UserColumn | null {
  const wanted = name.trim().toLowerCase();
  return userColumns.find((column) => column.name === wanted)?.field ?? null;
}
