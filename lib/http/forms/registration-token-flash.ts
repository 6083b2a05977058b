import { z } from "zod";
import { registrationTokensPath } from "../paths";
import { clearFlash, type Flash, readFlash, setFlash } from "./flash";

/**
 * A new initial access token until "I have stored it": like a client secret, only in an encrypted cookie of the browser
 * that created it, for that session, for an hour at most (docs/adr/0010).
 */
const registrationTokenFlashSchema = z.object({ label: z.string(), token: z.string() });

export type RegistrationTokenFlash = z.output<typeof registrationTokenFlashSchema>;

/** Without the trailing slash: this way a cookie's path covers both forms of the address (RFC 6265 §5.1.4). */
export const registrationTokensFlashPath = registrationTokensPath.slice(0, -1);

const flash: Flash = { name: "registration-token", path: registrationTokensFlashPath, maxAge: 3600 };

export async function setRegistrationTokenFlash(token: RegistrationTokenFlash): Promise<void> {
  await setFlash(flash, token);
}

export async function readRegistrationTokenFlash(): Promise<RegistrationTokenFlash | null> {
  return registrationTokenFlashSchema.safeParse(await readFlash(flash)).data ?? null;
}

export async function clearRegistrationTokenFlash(): Promise<void> {
  await clearFlash(flash);
}
