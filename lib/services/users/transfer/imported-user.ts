import { inEnglish } from "@/lib/messages/english-problems";
import { describeProblem } from "@/lib/messages/problem";
import "server-only";
import { z } from "zod";
import { readImportedHash } from "@/lib/auth/password-schemes/imported-hash";
import type { StoredHash } from "@/lib/auth/password-schemes/scheme";
import { toUserKey } from "@/lib/db/user-key";
import { toGroupKey } from "../../groups/group-schema";
import { type ProfileField, type ProfileFields, profileFields, profileSchema } from "../profile-schema";
import { userSchema } from "../user-schema";

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
});

export type ImportedUser = z.input<typeof importedUser>;

/** What is wrong with a row: a member of it, and a sentence. */
export const rowProblem = z.strictObject({ field: z.string(), message: z.string() });

export type RowProblem = z.output<typeof rowProblem>;

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
}

const subjectForm = /^[\x21-\x7e]{1,255}$/;

export function parseImportedUser(row: ImportedUser): ParsedUser | RowProblem[] {
  const problems: RowProblem[] = [];
  const names = userSchema.safeParse({ username: row.username, email: row.email, password: "" });
  const profile = profileSchema.safeParse(
    Object.fromEntries(profileFields.map((field) => [field, row[field] ?? ""])) as Record<ProfileField, string>,
  );
  for (const { path, message } of [...(names.error?.issues ?? []), ...(profile.error?.issues ?? [])]) {
    problems.push({ field: String(path[0] ?? ""), message: describeProblem(message, inEnglish) });
  }
  const subject = row.subject || null;
  if (subject !== null && !subjectForm.test(subject)) {
    problems.push({ field: "subject", message: "A subject has 1 to 255 ASCII characters, without spaces." });
  }
  const hash = row.passwordHash ? readImportedHash(row.passwordHash) : null;
  if (hash && "problem" in hash) problems.push({ field: "passwordHash", message: hash.problem });
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
  };
}

function toGroups(names: readonly string[]): Map<string, string> {
  const named = names.map((name) => name.trim()).filter((name) => name !== "");
  return new Map(named.map((name) => [toGroupKey(name), name]));
}
