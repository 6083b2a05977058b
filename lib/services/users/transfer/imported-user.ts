import "server-only";
import { z } from "zod";
import { readImportedHash } from "@/lib/auth/password-schemes/imported-hash";
import type { StoredHash } from "@/lib/auth/password-schemes/scheme";
import { toUserKey } from "@/lib/db/user-key";
import { problem } from "@/lib/messages/problem";
import { isStorable } from "@/lib/storable-text";
import { attributeValue } from "../../attributes/attribute-schema";
import { toGroupKey } from "../../groups/group-schema";
import { type ProfileField, type ProfileFields, profileFields, profileSchema } from "../profile-schema";
import { userSchema } from "../user-schema";
import { type KnownAttributes, type ParsedValue, parseAttributes } from "./imported-attributes";
import { type RowProblem, toRowProblem } from "./row-problem";

const profileShape = Object.fromEntries(profileFields.map((field) => [field, z.string().optional()])) as Record<
  ProfileField,
  z.ZodOptional<z.ZodString>
>;

/** A user of other software. What is missing is not set. */
export const importedUser = z.object({
  username: z.string(),
  email: z.string(),
  ...profileShape,
  emailVerified: z.boolean().optional(),
  phoneNumberVerified: z.boolean().optional(),
  disabled: z.boolean().optional(),
  /** The `sub` that applications know already (docs/adr/0054). */
  subject: z.string().optional(),
  /** As `readImportedHash` reads it. Without one the user has no password yet. */
  passwordHash: z.string().optional(),
  /** By name. */
  groups: z.array(z.string()).optional(),
  /** By name. A text may stand for a value of any type, as in a CSV file. */
  attributes: z.record(z.string(), attributeValue).optional(),
  /** Members that the file has, but that aren't what they should be. */
  unreadable: z
    .array(z.object({ field: z.string(), expected: z.enum(["text", "flag", "list", "storable"]) }))
    .optional(),
});

export type ImportedUser = z.input<typeof importedUser>;

type Unreadable = NonNullable<ImportedUser["unreadable"]>[number];

/** A row that has nothing wrong by itself. */
export interface ParsedUser {
  username: string;
  usernameKey: string;
  email: string;
  emailKey: string;
  profile: ProfileFields;
  emailVerified: boolean;
  phoneNumberVerified: boolean;
  disabled: boolean;
  subject: string | null;
  passwordHash: StoredHash | null;
  /** As they are named in the row, each once. */
  groups: { key: string; name: string }[];
  attributes: ParsedValue[];
}

const unreadableProblems: Record<Unreadable["expected"], string> = {
  text: problem("consoleProblems.import.text"),
  flag: problem("consoleProblems.import.flag"),
  list: problem("consoleProblems.import.list"),
  storable: problem("fieldProblems.hidden"),
};

const subjectForm = /^[\x21-\x7e]{1,255}$/;

export function parseImportedUser(row: ImportedUser, known: KnownAttributes): ParsedUser | RowProblem[] {
  const problems = (row.unreadable ?? []).map(({ field, expected }) =>
    toRowProblem(field, unreadableProblems[expected]),
  );
  const listed = new Set(problems.map(({ field }) => field));
  const refuse = (field: string, message: string) => {
    if (!listed.has(field)) problems.push(toRowProblem(field, message));
  };
  const names = userSchema.safeParse({ username: row.username, email: row.email, password: "" });
  const profile = profileSchema.safeParse(
    Object.fromEntries(profileFields.map((field) => [field, row[field] ?? ""])) as Record<ProfileField, string>,
  );
  for (const { path, message } of [...(names.error?.issues ?? []), ...(profile.error?.issues ?? [])]) {
    refuse(String(path[0] ?? ""), message);
  }
  const subject = row.subject || null;
  if (subject !== null && !subjectForm.test(subject)) {
    refuse("subject", problem("consoleProblems.import.subject"));
  }
  const hash = row.passwordHash ? readImportedHash(row.passwordHash) : null;
  if (hash && "problem" in hash) refuse("passwordHash", hash.problem);
  if (!(row.groups ?? []).every(isStorable)) refuse("groups", problem("fieldProblems.hidden"));
  const attributes = parseAttributes(row.attributes ?? {}, known);
  problems.push(...attributes.problems);
  if (problems.length > 0 || !names.data || !profile.data || (hash && "problem" in hash)) return problems;
  const { username, email } = names.data;
  return {
    username,
    usernameKey: toUserKey(username),
    email,
    emailKey: toUserKey(email),
    profile: profile.data,
    emailVerified: row.emailVerified ?? false,
    phoneNumberVerified: (row.phoneNumberVerified ?? false) && profile.data.phoneNumber !== null,
    disabled: row.disabled ?? false,
    subject,
    passwordHash: hash,
    groups: [...toGroups(row.groups ?? []).entries()].map(([key, name]) => ({ key, name })),
    attributes: attributes.values,
  };
}

function toGroups(names: readonly string[]): Map<string, string> {
  const named = names.map((name) => name.trim()).filter((name) => name !== "");
  return new Map(named.map((name) => [toGroupKey(name), name]));
}
