import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** SHA-256 as unpadded base64url, 43 characters. */
export function digest(value: string): string {
  return createHash("sha256").update(value, "utf8").digest("base64url");
}

/** Compares two digests in constant time. */
export function equalDigests(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** 256 random bits as 43 base64url characters: authorization codes, tokens, request ids. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** `length` characters of `[A-Za-z0-9]`, each equally likely. */
export function randomAlphanumeric(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 is the largest multiple of 62 in a byte: values above it would favour the first letters.
      if (byte < 248 && text.length < length) text += alphanumeric[byte % 62];
    }
  }
  return text;
}

/** 40 characters, like those of Django OAuth Toolkit. */
export const generateClientId = () => randomAlphanumeric(40);

/** 128 characters, about 762 bits: full entropy, so one SHA-256 protects it at rest (docs/adr/0004). */
export const generateClientSecret = () => randomAlphanumeric(128);

/** 128 random characters contain about 54 different ones of 62; hexadecimal has 16 and Base32 has 32. */
const fewestCharacters = 33;

/**
 * Whether a client secret is of the form that this server generates, which can't be guessed. It is recognised by the
 * secret that a client presents, not by a note beside the stored one: only the stored one itself can match
 * (docs/adr/0030).
 */
export function hasGeneratedForm(secret: string): boolean {
  return /^[A-Za-z0-9]{128}$/.test(secret) && new Set(secret).size >= fewestCharacters;
}
