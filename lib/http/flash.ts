import { CompactEncrypt, compactDecrypt } from "jose";
import { cookies } from "next/headers";
import { deriveKey } from "@/lib/derive-key";
import { env } from "@/lib/env";

/**
 * What a form has to tell the page that its 303 leads to, for a few minutes: encrypted in a cookie of this browser, kept
 * nowhere else.
 */
export interface FlashOptions {
  /** The only path that gets the cookie. */
  path: string;
  /** Seconds. */
  maxAge: number;
}

export async function setFlash(name: string, value: unknown, { path, maxAge }: FlashOptions): Promise<void> {
  const payload = { value, expires: Date.now() + maxAge * 1000 };
  const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .encrypt(deriveKey("flash"));
  (await cookies()).set(cookieName(name), sealed, { ...cookieOptions(), path, maxAge });
}

/** The value, or null where there is none, it has expired, or someone else made it. The caller parses it. */
export async function readFlash(name: string): Promise<unknown> {
  const sealed = (await cookies()).get(cookieName(name))?.value;
  if (!sealed) return null;
  try {
    const { plaintext } = await compactDecrypt(sealed, deriveKey("flash"), {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    const { value, expires } = JSON.parse(new TextDecoder().decode(plaintext)) as { value: unknown; expires: number };
    return expires > Date.now() ? value : null;
  } catch {
    return null;
  }
}

export async function clearFlash(name: string, path: string): Promise<void> {
  (await cookies()).set(cookieName(name), "", { ...cookieOptions(), path, maxAge: 0 });
}

function cookieName(name: string): string {
  return `latchkey.${name}`;
}

function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", secure: env().PUBLIC_URL.startsWith("https:") } as const;
}
