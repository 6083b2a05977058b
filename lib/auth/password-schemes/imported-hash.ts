import { problem } from "@/lib/messages/problem";
import { readArgon2Memory } from "./argon2.mjs";
import { highestMemory, highestWork } from "./bounds.mjs";
import type { StoredHash } from "./scheme";
import { findPasswordScheme } from "./schemes.mjs";
import { readScryptMemory } from "./scrypt.mjs";

export type ImportedHash = StoredHash | { problem: string };

const unknownHash = problem("consoleProblems.import.hashScheme");
const expensiveHash = problem("consoleProblems.import.hashCost");

/**
 * A password hash from other software, in the form that is stored here, or what is wrong with it. Its cost is bounded:
 * the server pays it at every attempt to sign in.
 */
export function readImportedHash(text: string): ImportedHash {
  const found = readForm(text.trim());
  const work = found && (findPasswordScheme(found.scheme)?.readWork(found.hash) ?? null);
  if (!found || work === null) return { problem: unknownHash };
  const memory = readArgon2Memory(found.hash) ?? readScryptMemory(found.hash) ?? 0;
  return work > highestWork || memory > highestMemory ? { problem: expensiveHash } : found;
}

/** Hashes as this server exports them, of the PHC string format, of passlib and of Django. */
function readForm(text: string): StoredHash | null {
  const [name = "", first = "", ...rest] = text.split("$");
  switch (name) {
    case "":
      return readModular(text, first, rest);
    case "bcrypt":
      return { scheme: "bcrypt", hash: text.slice("bcrypt$".length) };
    case "argon2":
      return { scheme: "argon2", hash: text.slice("argon2".length) };
    case "pbkdf2_sha256":
      return toPbkdf2(first, encodeSalt(rest[0]), rest[1]);
    case "scrypt": {
      const [salt, r, p, digest] = rest;
      return toScrypt(Math.log2(Number(first)), r, p, encodeSalt(salt), digest);
    }
    case currentName:
      return { scheme: currentName, hash: text.slice(currentName.length) };
    default:
      return null;
  }
}

/** bcrypt over SHA-384 has no name in other software: an export writes the scheme in front of the hash. */
const currentName = "bcrypt-sha384";

function readModular(text: string, name: string, rest: string[]): StoredHash | null {
  if (/^2[aby]$/.test(name)) return { scheme: "bcrypt", hash: text };
  if (/^argon2(id|i|d)$/.test(name)) return { scheme: "argon2", hash: text };
  if (name === "pbkdf2-sha256") {
    const [cost = "", salt, digest] = rest;
    return toPbkdf2(/^(?:i=)?(\d+)$/.exec(cost)?.[1], salt, digest);
  }
  if (name === "scrypt") {
    const [, ln, r, p] = /^ln=(\d+),r=(\d+),p=(\d+)$/.exec(rest[0] ?? "") ?? [];
    return toScrypt(Number(ln), r, p, rest[1], rest[2]);
  }
  return null;
}

function toPbkdf2(iterations = "", salt = "", digest = ""): StoredHash {
  return { scheme: "pbkdf2-sha256", hash: `$pbkdf2-sha256$i=${iterations}$${unpadded(salt)}$${unpadded(digest)}` };
}

function toScrypt(ln: number, r = "", p = "", salt = "", digest = ""): StoredHash {
  return { scheme: "scrypt", hash: `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(digest)}` };
}

/** Django's salts are text. */
function encodeSalt(salt = ""): string {
  return Buffer.from(salt, "utf8").toString("base64");
}

/** passlib writes `.` for `+`. */
function unpadded(base64: string): string {
  return base64.replaceAll(".", "+").replace(/=+$/, "");
}

/** The hash as text that `readImportedHash` understands again. */
export function writeHash({ scheme, hash }: StoredHash): string {
  return scheme === currentName ? `${currentName}${hash}` : hash;
}
