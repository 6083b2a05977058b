import "server-only";
import { randomUUID } from "node:crypto";
import { type HashRequester, hashPassword } from "@/lib/auth/password";
import { findPasswordProblem } from "@/lib/auth/password-policy";
import type { StoredHash } from "@/lib/auth/password-schemes/scheme";
import { toUserKey } from "@/lib/db/user-key";
import { problem } from "@/lib/messages/problem";
import type { AuditLog } from "@/lib/oauth/ports/store";
import type { ServiceContext, Transaction } from "../context";
import { ValidationError } from "../errors";
import { mapUniqueViolation } from "../map-unique-violation";
import { parseInput } from "../parse";
import type { PortalRole } from "../permissions";
import type { ProfileFields } from "./profile-schema";
import { type UserInput, userSchema } from "./user-schema";

export interface PreparedUser {
  username: string;
  email: string;
  passwordHash: StoredHash;
}

/** What else is known of a new user. */
interface MoreOfUser {
  profile?: Partial<ProfileFields>;
  emailVerified?: boolean;
  /** The password is known to someone else: the first sign-in asks for another one. */
  changeRequired?: boolean;
}

/** Validates the input and hashes the password: the slow part, done before a transaction holds a connection. */
export async function prepareUser(input: UserInput, requester?: HashRequester): Promise<PreparedUser> {
  const { username, email, password } = parseInput(userSchema, input);
  const weakness = findPasswordProblem(password, [username, email]);
  if (weakness) throw new ValidationError({ password: [weakness] });
  return { username, email, passwordHash: await hashPassword(password, requester) };
}

export async function insertUser(
  context: ServiceContext,
  tx: Transaction,
  audit: AuditLog,
  { username, email, passwordHash }: PreparedUser,
  portalRole: PortalRole | null,
  { profile = {}, emailVerified = false, changeRequired = false }: MoreOfUser = {},
): Promise<{ id: string; passwordGeneration: string }> {
  const passwordGeneration = randomUUID();
  const password = { ...passwordHash, generation: passwordGeneration, changeRequired };
  const { id } = await insertAccount(tx, audit, context.now(), {
    ...{ username, email, portalRole, profile, emailVerified, password },
  });
  return { id, passwordGeneration };
}

interface NewAccount extends Required<Pick<MoreOfUser, "profile" | "emailVerified">> {
  username: string;
  email: string;
  portalRole: PortalRole | null;
  /** Null: the user can't sign in until a link has been used. */
  password: (StoredHash & { generation: string; changeRequired: boolean }) | null;
}

/** The row of a new user. */
export async function insertAccount(
  tx: Transaction,
  audit: AuditLog,
  at: Date,
  { username, email, portalRole, profile, emailVerified, password }: NewAccount,
): Promise<{ id: string }> {
  const keys = { usernameKey: toUserKey(username), emailKey: toUserKey(email) };
  await refuseTaken(tx, keys);
  const { id } = await tx.user.create({
    data: {
      ...{ ...profile, username, email, emailVerified, ...keys, portalRole, updatedAt: at },
      ...(password && { password: { create: { ...password, updatedAt: at } } }),
    },
    select: { id: true },
  });
  await audit.record({ type: "user.created", at, userId: id, details: { username, portalRole } });
  return { id };
}

interface Keys {
  usernameKey: string;
  emailKey: string;
}

/**
 * Either name can be used to sign in, so each must not be the other kind of name of another user than `except`.
 * @throws ValidationError by field
 */
export async function refuseTaken(tx: Transaction, keys: Keys, except?: string): Promise<void> {
  const taken = await tx.user.findMany({
    where: {
      OR: [{ usernameKey: { in: Object.values(keys) } }, { emailKey: { in: Object.values(keys) } }],
      ...(except === undefined ? {} : { id: { not: except } }),
    },
    select: { usernameKey: true, emailKey: true },
  });
  if (taken.length > 0) throw takenError(keys, taken);
}

function takenError(keys: Keys, taken: Keys[]): ValidationError {
  const isTaken = (key: string) => taken.some((user) => user.usernameKey === key || user.emailKey === key);
  return new ValidationError({
    ...(isTaken(keys.usernameKey) ? { username: [problem("problems.username.taken")] } : {}),
    ...(isTaken(keys.emailKey) ? { email: [problem("problems.email.taken")] } : {}),
  });
}

/** For the `catch` of a transaction that inserts a user: two users may take the same name at the same moment. */
export const mapTakenUser = mapUniqueViolation("username", problem("problems.email.nameTaken"));
