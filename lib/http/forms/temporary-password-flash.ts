import { z } from "zod";
import { clearFlash, type Flash, readFlash, setFlash } from "./flash";

/**
 * The generated password of a new user until "I've stored it": like a client secret, only in an encrypted cookie of the
 * browser that created it, for that session, for an hour at most (docs/adr/0010).
 */
const temporaryPasswordSchema = z.string();

export async function setTemporaryPasswordFlash(userId: string, password: string): Promise<void> {
  await setFlash(flashOf(userId), password);
}

export async function readTemporaryPasswordFlash(userId: string): Promise<string | null> {
  return temporaryPasswordSchema.safeParse(await readFlash(flashOf(userId))).data ?? null;
}

export async function clearTemporaryPasswordFlash(userId: string): Promise<void> {
  await clearFlash(flashOf(userId));
}

/** Without the trailing slash: this way a cookie's path covers both forms of the address (RFC 6265 §5.1.4). */
function flashOf(userId: string): Flash {
  return { name: "temporary-password", path: `/admin/users/${userId}`, maxAge: 3600 };
}
