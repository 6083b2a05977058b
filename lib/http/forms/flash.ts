import { CompactEncrypt, compactDecrypt } from "jose";
import { cookies } from "next/headers";
import { getBrowserId } from "@/lib/auth/browser";
import { cookieAttributes, pathCookieName } from "@/lib/auth/cookies";
import { getCurrentSession } from "@/lib/auth/current-session";
import { currentTime } from "@/lib/clock";
import { deriveKey } from "@/lib/keys/derive-key";
import { digest } from "@/lib/oauth/wire/digest";

/**
 * A value that a form leaves for the page to which its 303 leads, for a few minutes: encrypted in a cookie of this
 * browser and stored nowhere else. Only the session in which it was set can read it, so it ends with that session
 * (docs/adr/0035).
 */
export interface Flash {
  name: string;
  /** The only path to which the cookie is sent; it identifies the subject if there are several of a kind. */
  path: string;
  /** In seconds. */
  maxAge: number;
  /** For values that are set or read while users sign in or out: they belong to the browser, whoever is signed in. */
  outlivesSession?: boolean;
}

interface Sealed {
  value: unknown;
  purpose: string;
  holder: string;
  expires: number;
}

export async function setFlash(flash: Flash, value: unknown): Promise<void> {
  const { name, value: sealed, ...attributes } = await sealFlash(flash, value, await identifyHolder(flash));
  (await cookies()).set(name, sealed, attributes);
}

/** The cookie of a flash for a browser, whoever is signed in there. */
export function sealBrowserFlash(flash: Flash & { outlivesSession: true }, value: unknown, browserId: string) {
  return sealFlash(flash, value, toBrowserHolder(browserId));
}

async function sealFlash(flash: Flash, value: unknown, holder: string) {
  const { path, maxAge } = flash;
  const expires = currentTime().getTime() + maxAge * 1000;
  const content: Sealed = { value, purpose: toPurpose(flash), holder, expires };
  const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .encrypt(deriveKey("flash"));
  return { name: cookieName(flash), value: sealed, ...cookieAttributes(), path, maxAge };
}

/**
 * The value; null if there is none, it has expired, or it was set for another page, session or browser. The caller
 * validates it.
 */
export async function readFlash(flash: Flash): Promise<unknown> {
  const sealed = (await cookies()).get(cookieName(flash))?.value;
  const content = sealed ? await open(sealed) : null;
  if (!content || content.purpose !== toPurpose(flash) || content.expires <= currentTime().getTime()) return null;
  return content.holder === (await identifyHolder(flash)) ? content.value : null;
}

export async function clearFlash(flash: Flash): Promise<void> {
  (await cookies()).set(cookieName(flash), "", { ...cookieAttributes(), path: flash.path, maxAge: 0 });
}

async function open(sealed: string): Promise<Sealed | null> {
  try {
    const { plaintext } = await compactDecrypt(sealed, deriveKey("flash"), {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    return JSON.parse(new TextDecoder().decode(plaintext)) as Sealed;
  } catch {
    return null;
  }
}

async function identifyHolder({ outlivesSession }: Flash): Promise<string> {
  const session = outlivesSession ? null : await getCurrentSession();
  return session ? `session ${session.id}` : toBrowserHolder(await getBrowserId());
}

function toBrowserHolder(browserId: string): string {
  return `browser ${digest(browserId)}`;
}

function toPurpose({ name, path }: Flash): string {
  return `${name} ${path}`;
}

/** Includes the path, because a browser sends the cookies of a path to all paths below it. */
function cookieName(flash: Flash): string {
  return pathCookieName(`${flash.name}-${digest(toPurpose(flash)).slice(0, 8)}`);
}
