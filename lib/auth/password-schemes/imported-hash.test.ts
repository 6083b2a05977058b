import { afterAll, describe, expect, test } from "vitest";
import { problem } from "@/lib/messages/problem";
import { closePasswordPool, hashPassword, isHashOutdated, verifyPassword } from "../password";
import { readImportedHash, writeHash } from "./imported-hash";
import type { StoredHash } from "./scheme";

afterAll(closePasswordPool);

const password = "grünes Pferd 27";

/** Made by the software that is named, of the password above. */
const hashes: [string, string, string][] = [
  [
    "Django 5.2, pbkdf2_sha256",
    "pbkdf2-sha256",
    "pbkdf2_sha256$1000000$IMP53DZH9a94L6tMfH0XZN$H4uDK6v9UonNEgntHrbrYjMvvr7+rAVly3QWFyYnTK8=",
  ],
  [
    "Django 5.2, argon2",
    "argon2",
    "argon2$argon2id$v=19$m=102400,t=2,p=8$WkFsc3FNbExNMFJnT3JpWHJOWjIzbw$zmqjDFQxtTzjvhChZ1tCtUyn+PcZ1W4w11zX5rF50Cg",
  ],
  [
    "Django 5.2, scrypt",
    "scrypt",
    "scrypt$16384$StUwubTszUlnjDN3afjuy7$8$5$7yiksv6svAIjfYdKSOEAleTfkCrvboS7liClypWvDoMwNBSJvbG1keQ0kXGUxkEhZ1gq9Usq4o68fmtX1l4OOw==",
  ],
  ["Django 5.2, bcrypt", "bcrypt", "bcrypt$$2b$12$qDpFEBBu1HwHF8tE/MC93e8ncDFdnWOYYZTHBofwch6FSVn1sogPa"],
  [
    "argon2-cffi, argon2id",
    "argon2",
    "$argon2id$v=19$m=19456,t=2,p=1$PsZ8H9Ml8Bxo14gqHdORgg$IxbkLFiiShqAL7IFjAW/lZ46Yqt7tvXcqw3PlqQJia8",
  ],
  [
    "argon2-cffi, argon2i",
    "argon2",
    "$argon2i$v=19$m=8192,t=3,p=2$9rCvDirLR+NXm7pZdrFjHw$B480+zH+jZfddbP/eDLvHE7QVzVb8jWqnP81r3gnBCU",
  ],
  [
    "passlib, pbkdf2_sha256",
    "pbkdf2-sha256",
    "$pbkdf2-sha256$29000$9/4/Z2ytVUrJeU9J6b1Xqg$zcvnxt3IaaOPwDK5kcukkeCb8xJVE.k66.6vc0Q3/ow",
  ],
  [
    "passlib, scrypt",
    "scrypt",
    "$scrypt$ln=14,r=8,p=1$ec95j3HuvTdmzHnPGaN0Dg$HB/7xgea1C6GIDI7dprDxpHIaipVLo7AJwK00k6a5ro",
  ],
];

function read(text: string): StoredHash {
  const found = readImportedHash(text);
  if ("problem" in found) throw new Error(found.problem);
  return found;
}

describe.each(hashes)("%s", (_name, scheme, text) => {
  test("matches its password and no other, counts as outdated, and is read again as it was written", async () => {
    const stored = read(text);
    expect(stored.scheme).toBe(scheme);
    expect(await verifyPassword(password, stored)).toBe(true);
    expect(await verifyPassword("gruenes Pferd 27", stored)).toBe(false);
    expect(await verifyPassword("", stored)).toBe(false);
    expect(isHashOutdated(stored)).toBe(true);
    expect(read(writeHash(stored))).toEqual(stored);
  });
});

test("a hash of this server is read again as it was written", async () => {
  const stored = await hashPassword(password);
  expect(read(writeHash(stored))).toEqual(stored);
});

const salt = "PsZ8H9Ml8Bxo14gqHdORgg";
const digest = "IxbkLFiiShqAL7IFjAW/lZ46Yqt7tvXcqw3PlqQJia8";

test.each([
  ["bcrypt", `$2b$15$${"a".repeat(53)}`],
  ["pbkdf2", `pbkdf2_sha256$6000000$salt$${digest}`],
  ["argon2, memory", `$argon2id$v=19$m=262144,t=1,p=1$${salt}$${digest}`],
  ["argon2, passes", `$argon2id$v=19$m=131072,t=6,p=1$${salt}$${digest}`],
  ["scrypt, memory", `$scrypt$ln=18,r=8,p=1$${salt}$${digest}`],
  ["scrypt, time", `$scrypt$ln=16,r=8,p=16$${salt}$${digest}`],
])("attack: a hash that costs too much is refused: %s", (_name, text) => {
  expect(readImportedHash(text)).toEqual({ problem: problem("consoleProblems.import.hashCost") });
});

test.each([
  "",
  "secret",
  "5f4dcc3b5aa765d61d8327deb882cf99",
  "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
  "md5$salt$5f4dcc3b5aa765d61d8327deb882cf99",
  "bcrypt_sha256$$2b$12$qDpFEBBu1HwHF8tE/MC93e8ncDFdnWOYYZTHBofwch6FSVn1sogPa",
  "$2b$12$short",
  `$argon2id$v=16$m=8192,t=3,p=2$${salt}$${digest}`,
  `$argon2id$v=19$m=8,t=3,p=2$${salt}$${digest}`,
  `$argon2id$v=19$m=8192,t=3,p=2,keyid=a$${salt}$${digest}`,
  `scrypt$1000$salt$8$1$${digest}`,
  `scrypt$16384$salt$8$${digest}`,
  `pbkdf2_sha256$0$salt$${digest}`,
  "pbkdf2_sha256$1000$salt$short",
  "pbkdf2_sha1$1000$salt$short",
])("what is no such hash is refused: %s", (text) => {
  expect(readImportedHash(text)).toEqual({ problem: problem("consoleProblems.import.hashScheme") });
});
