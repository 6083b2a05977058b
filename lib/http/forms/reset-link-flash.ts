import { z } from "zod";
import { clearFlash, type Flash, readFlash, setFlash } from "./flash";

/**
 * A password reset link until "I've copied it": like a client secret, only in an encrypted cookie of the browser that
 * created it, for that session, and no longer than it is valid (docs/adr/0010).
 */
const resetLinkFlashSchema = z.string();

export async function setResetLinkFlash(userId: string, link: string, kind: LinkKind = "reset-link"): Promise<void> {
  await setFlash(flashOf(userId, kind), link);
}

export async function readResetLinkFlash(userId: string, kind: LinkKind = "reset-link"): Promise<string | null> {
  return resetLinkFlashSchema.safeParse(await readFlash(flashOf(userId, kind))).data ?? null;
}

export async function clearResetLinkFlash(userId: string, kind: LinkKind = "reset-link"): Promise<void> {
  await clearFlash(flashOf(userId, kind));
}

/** `first-link`: for the first password of a new user. */
type LinkKind = "reset-link" | "first-link";

function flashOf(userId: string, kind: LinkKind): Flash {
  return { name: kind, path: `/admin/users/${userId}`, maxAge: 3600 };
}
