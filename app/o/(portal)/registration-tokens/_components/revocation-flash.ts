import { z } from "zod";
import { type Flash, readFlash, setFlash } from "@/lib/http/forms/flash";
import { registrationTokensFlashPath } from "@/lib/http/forms/registration-token-flash";

const flash: Flash = { name: "bulk", path: registrationTokensFlashPath, maxAge: 60 };

/** How many of the selected tokens were revoked. */
export async function setRevocationFlash(revoked: number): Promise<void> {
  await setFlash(flash, revoked);
}

export async function readRevocationFlash(): Promise<number | null> {
  return z.int().safeParse(await readFlash(flash)).data ?? null;
}
