import { pbkdf2Sync, randomUUID, scryptSync } from "node:crypto";
import bcrypt from "bcryptjs";
import { argon2id } from "hash-wasm";
import { Piscina } from "piscina";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { closePasswordPool, hashPassword } from "@/lib/auth/password";
import { readHashCost, toWork } from "@/lib/auth/password-schemes/bcrypt.mjs";
import { readImportedHash } from "@/lib/auth/password-schemes/imported-hash";
import type { StoredHash } from "@/lib/auth/password-schemes/scheme";
import { currentScheme } from "@/lib/auth/password-schemes/schemes.mjs";
import { TooManyAttemptsError } from "@/lib/auth/sign-in-throttle";
import { currentSettings } from "@/lib/current-settings";
import { PostgresClient } from "@/lib/db/postgres";
import { getPrisma } from "@/lib/db/prisma";
import { findCommonHash, renewPasswordHash } from "@/lib/db/sign-in-accounts";
import { AbandonedError } from "@/lib/limits/fair-queue";
import { checkCredentials } from "./check-credentials";

const prisma = getPrisma();
const now = new Date();
const run = Math.floor(Math.random() * 0xffff).toString(16);
const password = "correct horse battery";
const ids: string[] = [];
let networks = 0;
/** bcrypt over the digest of `password`, at cost 4: cheap, and lower than the configured 10. */
const cheapHash: StoredHash = { scheme: currentScheme.name, hash: currentScheme.hash(password, 4) };

afterEach(() => vi.restoreAllMocks());

afterAll(async () => {
  await prisma.user.deleteMany({ where: { id: { in: ids } } });
  await closePasswordPool();
  await prisma.$disconnect();
});

interface Overrides {
  hash?: StoredHash | null;
  disabledAt?: Date;
  username?: string;
  email?: string;
}

async function createAccount({ hash = cheapHash, disabledAt, ...names }: Overrides = {}) {
  const unique = `person-${randomUUID()}`;
  const { username, email } = { username: unique, email: `${unique}@example.test`, ...names };
  const user = await prisma.user.create({
    data: {
      username,
      usernameKey: username,
      email,
      emailKey: email,
      ...(disabledAt ? { disabledAt } : {}),
      ...(hash === null ? {} : { password: { create: hash } }),
    },
  });
  ids.push(user.id);
  return user;
}

const nextNetwork = () => `2001:db8:${run}:${(networks++).toString(16)}::1`;

function check(
  identifier: string,
  { typed = password, ipAddress = nextNetwork(), signal = undefined as AbortSignal | undefined } = {},
) {
  const attempt = {
    ipAddress,
    userAgent: null,
    signal,
    findKnownBrowser: () => null,
    now,
    settings: currentSettings(),
  };
  return checkCredentials({ identifier, password: typed }, attempt);
}

/** The cost of a sign-in: the statements that it sends, and the work of the hashes that it has compared or created. */
async function measure(work: () => Promise<unknown>): Promise<{ statements: number; hashing: number }> {
  const queries = vi.spyOn(PostgresClient.prototype, "query");
  const tasks = vi.spyOn(Piscina.prototype, "run");
  await work();
  const hashing = tasks.mock.calls.reduce((total, [task]) => {
    const { hashes = [], cost } = task as { hashes?: StoredHash[]; cost?: number };
    const costs = cost === undefined ? hashes.map(({ hash }) => readHashCost(hash) ?? 0) : [cost];
    return total + costs.reduce((sum, one) => sum + toWork(one), 0);
  }, 0);
  const statements = queries.mock.calls.length;
  vi.restoreAllMocks();
  return { statements, hashing };
}

describe("a refusal costs the same whatever was wrong (ASVS 6.3.8)", () => {
  test("an old hash, a new one, none, a disabled account and an unknown name: the same hashing work and number of queries", async () => {
    const old = await createAccount();
    const renewed = await createAccount({ hash: await hashPassword(password) });
    const without = await createAccount({ hash: null });
    const brought = await createAccount({ hash: { scheme: "bcrypt", hash: bcrypt.hashSync(password, 5) } });
    const disabled = await createAccount({ disabledAt: now });
    await check("warms up whatever is kept");
    const identifiers = [
      old.username,
      old.email,
      renewed.username,
      brought.username,
      without.username,
      disabled.username,
      randomUUID(),
      "with\u0007bell",
      `${old.username}\u0000`,
      "x".repeat(5000),
      "",
    ];
    const costs = [];
    for (const identifier of identifiers) {
      costs.push(await measure(async () => expect(await check(identifier, { typed: "wrong" })).toBeNull()));
    }
    const [{ statements } = { statements: 0 }] = costs;
    expect(statements).toBeGreaterThan(2);
    expect(costs).toEqual(identifiers.map(() => ({ statements, hashing: toWork(10) })));
    const right = await measure(async () => expect(await check(disabled.username)).toBeNull());
    expect(right.hashing).toBe(toWork(10));
  });

  test("a hash of the most common scheme and cost is read from the database", async () => {
    const hash = bcrypt.hashSync("x", 5);
    const users = Array.from({ length: 200 }, () => {
      const id = randomUUID();
      return { id, username: id, usernameKey: id, email: id, emailKey: id };
    });
    ids.push(...users.map(({ id }) => id));
    await prisma.user.createMany({ data: users });
    await prisma.userPassword.createMany({ data: users.map(({ id: userId }) => ({ userId, hash })) });
    expect(await findCommonHash()).toEqual({ scheme: "bcrypt-sha384", hash });
  });
});

function readHash(text: string): StoredHash {
  const found = readImportedHash(text);
  if ("problem" in found) throw new Error(found.problem);
  return found;
}

const salt = "salt of the test";
const encodedSalt = Buffer.from(salt).toString("base64");

const importedHashes: [string, () => Promise<StoredHash> | StoredHash][] = [
  ["bcrypt", () => readHash(bcrypt.hashSync(password, 10))],
  [
    "pbkdf2-sha256",
    () => readHash(`pbkdf2_sha256$2000$${salt}$${pbkdf2Sync(password, salt, 2000, 32, "sha256").toString("base64")}`),
  ],
  [
    "argon2",
    async () => {
      const cost = { iterations: 2, memorySize: 1024, parallelism: 2, hashLength: 32 };
      return readHash(await argon2id({ password, salt, ...cost, outputType: "encoded" }));
    },
  ],
  [
    "scrypt",
    () => {
      const digest = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 }).toString("base64");
      return readHash(`$scrypt$ln=10,r=8,p=1$${encodedSalt}$${digest}`);
    },
  ],
];

describe("a hash of another cost", () => {
  test("is renewed when its user signs in, and the password stays the same to everything bound to it", async () => {
    const user = await createAccount();
    const before = await prisma.userPassword.findUniqueOrThrow({ where: { userId: user.id } });
    expect(await check(user.username, { typed: "wrong" })).toBeNull();
    expect(await prisma.userPassword.findUniqueOrThrow({ where: { userId: user.id } })).toEqual(before);
    expect(await check(user.username)).toEqual({ userId: user.id, passwordGeneration: before.generation });
    const after = await prisma.userPassword.findUniqueOrThrow({ where: { userId: user.id } });
    expect(readHashCost(after.hash)).toBe(10);
    expect(after.generation).toBe(before.generation);
    expect(await check(user.username)).toEqual({ userId: user.id, passwordGeneration: before.generation });
    expect((await prisma.userPassword.findUniqueOrThrow({ where: { userId: user.id } })).hash).toBe(after.hash);
  });

  test.each(importedHashes)("of another scheme is renewed too, as of an imported user: %s", async (_scheme, create) => {
    const user = await createAccount({ hash: await create() });
    const before = await prisma.userPassword.findUniqueOrThrow({ where: { userId: user.id } });
    expect(await check(user.username, { typed: "wrong" })).toBeNull();
    expect(await prisma.userPassword.findUniqueOrThrow({ where: { userId: user.id } })).toEqual(before);
    expect(await check(user.username)).toEqual({ userId: user.id, passwordGeneration: before.generation });
    const after = await prisma.userPassword.findUniqueOrThrow({ where: { userId: user.id } });
    expect(after).toMatchObject({ scheme: currentScheme.name, generation: before.generation });
    expect(await check(user.username)).toEqual({ userId: user.id, passwordGeneration: before.generation });
  });

  test("is replaced once, and never overwrites a new password", async () => {
    const user = await createAccount();
    const [one, other] = [await hashPassword(password), await hashPassword(password)];
    const renewals = [one, other, one, other].map((after) => renewPasswordHash(user.id, cheapHash, after));
    expect((await Promise.all(renewals)).filter(Boolean)).toHaveLength(1);
    const changed = await hashPassword("another password");
    const [stored] = await prisma.userPassword.updateManyAndReturn({ where: { userId: user.id }, data: changed });
    for (const before of [one, other, cheapHash, { ...changed, scheme: "bcrypt" }]) {
      expect(await renewPasswordHash(user.id, before, one)).toBe(false);
    }
    expect(await prisma.userPassword.findUniqueOrThrow({ where: { userId: user.id } })).toEqual(stored);
  });

  test("with sign-ins at the same moment, all succeed", async () => {
    const user = await createAccount();
    const all = await Promise.all(Array.from({ length: 4 }, () => check(user.username)));
    expect(all.map((account) => account?.userId)).toEqual(Array(4).fill(user.id));
  });
});

describe("one account has one limit (ASVS 6.3.1)", () => {
  test("username and email address, in any spelling, share it", async () => {
    const [user, ipAddress] = [await createAccount(), nextNetwork()];
    const spellings = [
      user.username,
      user.username.toUpperCase(),
      `  ${user.username}\u00a0`,
      `${" ".repeat(1500)}${user.username}`,
      user.email,
      user.email.toUpperCase(),
      user.email.replace("@", "\uff20"),
      user.username.replace("p", "\uff50"),
      `\u3000${user.email}`,
      user.email,
    ];
    for (const spelling of spellings) expect(await check(spelling, { typed: "wrong", ipAddress })).toBeNull();
    for (const spelling of spellings)
      await expect(check(spelling, { ipAddress })).rejects.toThrow(TooManyAttemptsError);
    expect(await check(user.email)).toMatchObject({ userId: user.id });
  });

  test("spellings of an unknown name share theirs, like those of an account", async () => {
    const [name, ipAddress] = [`nobody-${randomUUID()}`, nextNetwork()];
    for (let round = 0; round < 10; round++) {
      const spelling = round % 2 === 0 ? name.toUpperCase() : ` ${name}`;
      expect(await check(spelling, { ipAddress })).toBeNull();
    }
    await expect(check(name, { ipAddress })).rejects.toThrow(TooManyAttemptsError);
  });

  test("names with control characters match no account, and don't count separately either", async () => {
    const [user, ipAddress] = [await createAccount(), nextNetwork()];
    for (let code = 0; code < 10; code++) {
      expect(await check(`${user.username}${String.fromCharCode(code)}`, { ipAddress })).toBeNull();
    }
    await expect(check(`${user.username}\u000b`, { ipAddress })).rejects.toThrow(TooManyAttemptsError);
    expect(await check(user.username, { ipAddress })).toMatchObject({ userId: user.id });
  });

  test("if the username of one account is the email address of another, the username wins", async () => {
    const name = `${randomUUID()}@example.test`;
    await createAccount({ email: name });
    const withUsername = await createAccount({ username: name });
    for (let round = 0; round < 3; round++) expect(await check(name)).toMatchObject({ userId: withUsername.id });
  });
});

test("a browser that disconnects before the password was compared has made no attempt", async () => {
  const [user, ipAddress] = [await createAccount(), nextNetwork()];
  for (let round = 0; round < 12; round++) {
    await expect(check(user.username, { ipAddress, signal: AbortSignal.abort() })).rejects.toThrow(AbandonedError);
  }
  expect(await check(user.username, { ipAddress })).toMatchObject({ userId: user.id });
});
