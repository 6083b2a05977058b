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
  const keys = { usernameKey: toUserKey(username), emailKey: toUserKey(email) };
  await refuseTaken(tx, keys);
  const updatedAt = context.now();
  const user = await tx.user.create({
    data: {
      ...profile,
      username,
      email,
      emailVerified,
      ...keys,
      portalRole,
      updatedAt,
      password: { create: { ...passwordHash, generation: passwordGeneration, changeRequired, updatedAt } },
    },
    select: { id: true },
  });
  await audit.record({
    type: "user.created",
    at: context.now(),
    userId: user.id,
    details: { username, portalRole },
  });
  return { id: user.id, passwordGeneration };
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
