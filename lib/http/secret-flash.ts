import { z } from "zod";
import { clearFlash, readFlash, setFlash } from "./flash";

/**
 * A new client secret between its making and "I have stored it": only in an encrypted cookie of the browser that made it,
 * on the page of its application, for an hour at most. The server keeps the digest and nothing else.
 */
const secretFlashSchema = z.object({ applicationId: z.string(), label: z.string(), clientSecret: z.string() });

export type SecretFlash = z.output<typeof secretFlashSchema>;

export function applicationPath(applicationId: string): string {
  return `/o/applications/${applicationId}/`;
}

export async function setSecretFlash(secret: SecretFlash): Promise<void> {
  await setFlash("secret", secret, { path: flashPath(secret.applicationId), maxAge: 3600 });
}

export async function readSecretFlash(applicationId: string): Promise<SecretFlash | null> {
  const flash = secretFlashSchema.safeParse(await readFlash("secret"));
  return flash.success && flash.data.applicationId === applicationId ? flash.data : null;
}

export async function clearSecretFlash(applicationId: string): Promise<void> {
  await clearFlash("secret", flashPath(applicationId));
}

/** Without the slash at its end: a cookie's path covers both forms of the address that way (RFC 6265 §5.1.4). */
function flashPath(applicationId: string): string {
  return `/o/applications/${applicationId}`;
}
