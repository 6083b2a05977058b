import { z } from "zod";
import { clearFlash, type Flash, readFlash, setFlash } from "./flash";

/**
 * A password reset link until "I've copied it": like a client secret, only in an encrypted cookie of the browser that
 * created it, for that session, and no longer than it is valid (docs/adr/0010).
 */
const resetLinkFlashSchema = z.string();

export async function setResetLinkFlash(userId: string, link: string): Promise<void> {
  await setFlash(flashOf(userId), link);
}

export async function readResetLinkFlash(userId: string): Promise<string | null> {
  return resetLinkFlashSchema.safeParse(await readFlash(flashOf(userId))).data ?? null;
}

export async function clearResetLinkFlash(userId: string): Promise<void> {
  await clearFlash(flashOf(userId));
}

function flashOf(userId: string): Flash {
  return { name: "reset-link", path: `/admin/users/${userId}`, maxAge: 3600 };
}
