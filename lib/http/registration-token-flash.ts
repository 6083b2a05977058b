import { z } from "zod";
import { clearFlash, readFlash, setFlash } from "./flash";

/**
 * A new initial access token between its making and "I have stored it": as a client secret is, only in an encrypted
 * cookie of the browser that made it, for an hour at most (docs/adr/0010).
 */
const registrationTokenFlashSchema = z.object({ label: z.string(), token: z.string() });

export type RegistrationTokenFlash = z.output<typeof registrationTokenFlashSchema>;

export const registrationTokensPath = "/o/registration-tokens/";

/** Without the slash at its end: a cookie's path covers both forms of the address that way (RFC 6265 §5.1.4). */
export const registrationTokensFlashPath = registrationTokensPath.slice(0, -1);

export async function setRegistrationTokenFlash(flash: RegistrationTokenFlash): Promise<void> {
  await setFlash("registration-token", flash, { path: registrationTokensFlashPath, maxAge: 3600 });
}

export async function readRegistrationTokenFlash(): Promise<RegistrationTokenFlash | null> {
  return registrationTokenFlashSchema.safeParse(await readFlash("registration-token")).data ?? null;
}

export async function clearRegistrationTokenFlash(): Promise<void> {
  await clearFlash("registration-token", registrationTokensFlashPath);
}
