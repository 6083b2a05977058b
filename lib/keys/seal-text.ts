import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveKey } from "./derive-key";

const algorithm = "aes-256-gcm";
const [ivLength, tagLength] = [12, 16];

type Purpose = "settings" | "messages" | "test-sign-ins";

/** Encrypts a text for the database, under a key of AUTH_SECRET. `about` must be the same when it is opened. */
export function sealText(text: string, purpose: Purpose, about: string): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, deriveKey(purpose), iv).setAAD(Buffer.from(about));
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** Null if it was sealed under another AUTH_SECRET, for something else, or changed since. */
export function openSealedText(sealed: string, purpose: Purpose, about: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < ivLength + tagLength) return null;
  const decipher = createDecipheriv(algorithm, deriveKey(purpose), bytes.subarray(0, ivLength))
    .setAAD(Buffer.from(about))
    .setAuthTag(bytes.subarray(bytes.length - tagLength));
  try {
    return decipher.update(bytes.subarray(ivLength, -tagLength), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}
