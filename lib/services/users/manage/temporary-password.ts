import { randomInt } from "node:crypto";

/** Letters and digits that nobody confuses when they read a password aloud or type it from paper. */
const characters = "abcdefghjkmnpqrstuvwxyz23456789";

/** Four groups of four: 79 bits. */
export function createTemporaryPassword(): string {
  const group = () => Array.from({ length: 4 }, () => characters[randomInt(characters.length)]).join("");
  return Array.from({ length: 4 }, group).join("-");
}
