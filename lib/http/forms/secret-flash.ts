import { z } from "zod";
import { clearFlash, type Flash, readFlash, setFlash } from "./flash";

/**
 * A new client secret until "I have stored it": only in an encrypted cookie of the browser that created it, on the page
 * of its application, for the session that created it, for an hour at most. The server stores only the digest.
 */
const secretFlashSchema = z.object({ applicationId: z.string(), label: z.string(), clientSecret: z.string() });

export type SecretFlash = z.output<typeof secretFlashSchema>;

export async function setSecretFlash(secret: SecretFlash): Promise<void> {
  await setFlash(secretFlash(secret.applicationId), secret);
}

export async function readSecretFlash(applicationId: string): Promise<SecretFlash | null> {
  const flash = secretFlashSchema.safeParse(await readFlash(secretFlash(applicationId)));
  return flash.success && flash.data.applicationId === applicationId ? flash.data : null;
}

export async function clearSecretFlash(applicationId: string): Promise<void> {
  await clearFlash(secretFlash(applicationId));
}

/** Without the trailing slash: this way a cookie's path covers both forms of the address (RFC 6265 §5.1.4). */
function secretFlash(applicationId: string): Flash {
  return { name: "secret", path: `/o/applications/${applicationId}`, maxAge: 3600 };
}
