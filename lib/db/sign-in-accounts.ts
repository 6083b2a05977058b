import "server-only";
import type { Prisma } from "./client";
import { getPrisma } from "./prisma";

/** As `lib/auth/password-schemes` reads it. */
interface HashOfPassword {
  scheme: string;
  hash: string;
}

/** What signing in needs to know about an account. */
export interface SignInAccount {
  id: string;
  disabled: boolean;
  /** Null for an account without a password. */
  passwordHash: HashOfPassword | null;
  /** Changes with the password, but not when its hash is renewed. */
  passwordGeneration: string | null;
}

interface AccountRow extends Omit<SignInAccount, "passwordHash"> {
  scheme: string | null;
  hash: string | null;
}

/**
 * The account with this username or e-mail address. If the username of one is the address of another, which no form
 * allows, the username wins. One statement, whether or not the account exists: the time of a second one for the
 * password would reveal that it does. `key` is null for what can't be a name.
 */
export async function findSignInAccount(key: string | null): Promise<SignInAccount | null> {
  const name = key ?? "";
  const [account] = await getPrisma().$queryRaw<AccountRow[]>`
    SELECT u.id, u.disabled_at IS NOT NULL AS disabled, p.scheme, p.hash,
      p.generation AS "passwordGeneration"
    FROM users u LEFT JOIN user_passwords p ON p.user_id = u.id
    WHERE u.username_key = ${name} OR u.email_key = ${name}
    ORDER BY u.username_key = ${name} DESC LIMIT 1`;
  if (!account) return null;
  const { scheme, hash, ...known } = account;
  return { ...known, passwordHash: scheme === null || hash === null ? null : { scheme, hash } };
}

/**
 * Replaces a hash with another one of the same password, unless the password or its hash has changed since. True if
 * this call replaced it.
 */
export async function renewPasswordHash(
  userId: string,
  before: HashOfPassword,
  after: HashOfPassword,
): Promise<boolean> {
  const { count } = await getPrisma().userPassword.updateMany({ where: { userId, ...before }, data: after });
  return count === 1;
}

/**
 * Marks a sign-in; false if the user is disabled, or gone. Disabling waits for the transaction, or has come first: so
 * no session begins that it wouldn't end.
 */
export async function recordSignIn(tx: Prisma.TransactionClient, userId: string, at: Date): Promise<boolean> {
  // Applications take a new `updated_at` as a reason to read everything again, so it stays.
  const count = await tx.$executeRaw`
    UPDATE users SET last_sign_in_at = ${at}::timestamptz WHERE id = ${userId}::uuid AND disabled_at IS NULL`;
  return count === 1;
}

/** Enough rows to tell which kind of hash is the most common, at any size of the table. */
const sampleSize = 10_000;

/**
 * A hash of the scheme and cost that most of the stored ones have; null if there are none. Reads a sample of the
 * table's pages, sized by PostgreSQL's statistics, so that it doesn't take longer for a large table.
 */
export async function findCommonHash(): Promise<HashOfPassword | null> {
  const prisma = getPrisma();
  const [table] = await prisma.$queryRaw<{ rows: number }[]>`
    SELECT reltuples::float8 AS rows FROM pg_class WHERE oid = 'user_passwords'::regclass`;
  const percentage = Math.min(100, (100 * sampleSize) / Math.max(1, table?.rows ?? 0));
  // The parts before the salt: "$2b$10", "$argon2id$v=19$m=65536,t=3,p=4".
  const [common] = await prisma.$queryRaw<HashOfPassword[]>`
    SELECT scheme, min(hash) AS hash FROM user_passwords TABLESAMPLE SYSTEM (${percentage}::float4)
    GROUP BY scheme, substring(hash FROM '^[$](?:argon2[a-z]+[$])?[^$]+[$][^$]{1,40}')
    ORDER BY count(*) DESC, min(hash) DESC LIMIT 1`;
  return common ?? null;
}
