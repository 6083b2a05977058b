import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { z } from "zod";

/** The answer to a refresh, as it is kept for the grace period. */
const successorSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  // Absent in an answer that was sealed before there were ID tokens.
  idToken: z.string().nullable().default(null),
  scopes: z.array(z.string()),
  expiresAt: z.coerce.date(),
  dpopJkt: z.string().nullable(),
});
export type Successor = z.output<typeof successorSchema>;

const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts the answer with the refresh token that it replaces, of which only the digest is stored: even with the
 * database and the server's secret nobody can open it (docs/adr/0013).
 */
export function sealSuccessor(refreshToken: string, successor: Successor): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, deriveKey(refreshToken), iv);
  const text = Buffer.concat([cipher.update(JSON.stringify(successor), "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url");
}

/**
 * Opens what `sealSuccessor` created for this token.
 * @throws Error if it was created for another token, or changed
 */
export function openSuccessor(refreshToken: string, sealed: string): Successor {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv(algorithm, deriveKey(refreshToken), bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
  return successorSchema.parse(JSON.parse(text.toString("utf8")));
}

/** The token has 256 random bits, as much as RFC 5869 requires of its input. */
function deriveKey(refreshToken: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", refreshToken, "", "latchkey/refresh-successor", 32));
}
