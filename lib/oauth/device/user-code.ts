import { randomInt } from "node:crypto";

/** RFC 8628 §6.1: no vowels, so that it forms no words, and no digits that look like letters. 20 of them. */
const alphabet = "BCDFGHJKLMNPQRSTVWXZ";

/** Eight letters are 34.5 bits: enough, with few guesses in a code's short lifetime (RFC 8628 §5.1). */
const length = 8;

/** The letters of a new user code, each equally likely. */
export function generateUserCode(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** As the device shows it: `WDJB-MJHT`. */
export function formatUserCode(userCode: string): string {
  return `${userCode.slice(0, length / 2)}-${userCode.slice(length / 2)}`;
}

/**
 * The letters of a code as a person typed it: case, dashes, spaces and other punctuation don't count (RFC 8628 §6.1).
 * Null if it can't be a user code.
 */
export function readUserCode(typed: string): string | null {
  const letters = typed.replace(/[\s\p{P}\p{S}]/gu, "").toUpperCase();
  return letters.length === length && [...letters].every((letter) => alphabet.includes(letter)) ? letters : null;
}
