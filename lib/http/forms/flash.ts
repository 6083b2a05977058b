import { CompactEncrypt, compactDecrypt } from "jose";
import { cookies } from "next/headers";
import { getBrowserId } from "@/lib/auth/browser";
import { cookieAttributes, pathCookieName } from "@/lib/auth/cookies";
import { getFormHolder } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { currentTime } from "@/lib/clock";
import { deriveKey } from "@/lib/keys/derive-key";
import { digest } from "@/lib/oauth/wire/digest";
import { packContent, unpackContent } from "./flash-content";

/**
 * A value that a form leaves for the page to which its 303 leads, for a few minutes: encrypted in a cookie of this
 * browser and stored nowhere else. Only the session in which it was set can read it, so it ends with that session
 * (docs/adr/0035), unless it is one for a form whose session had ended (`setFlashFor`).
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
  await storeFlash(flash, value, await identifyHolder(flash));
}

/**
 * A flash from a form whose session has ended. Only the user who was signed in when its page was made can read it, from
 * this browser, once they are signed in again. `holder` as from `readFormHolder`.
 */
export async function setFlashFor(holder: string, flash: Flash, value: unknown): Promise<void> {
  await storeFlash(flash, value, toFormHolder(holder));
}

async function storeFlash(flash: Flash, value: unknown, holder: string): Promise<void> {
  const { name, value: sealed, ...attributes } = await sealFlash(flash, value, holder);
  const store = await cookies();
  store.set(name, sealed.slice(0, longestCookie), attributes);
  const rest = sealed.slice(longestCookie);
  // Nothing of a longer one from before may remain.
  if (rest !== "" || store.has(restName(flash))) {
    store.set(restName(flash), rest, { ...attributes, maxAge: rest === "" ? 0 : attributes.maxAge });
  }
}

/** Browsers keep 4,096 bytes of a cookie with its name and attributes (RFC 6265 §6.1). */
const longestCookie = 3400;

/**
 * Bytes of a packed value that fit into two cookies: sealing adds a third, and the proxies of many servers accept no
 * more than 8 kB of all cookies.
 */
export const mostPackedBytes = 4700;

/** The cookie of a flash for a browser, whoever is signed in there. */
export function sealBrowserFlash(flash: Flash & { outlivesSession: true }, value: unknown, browserId: string) {
  return sealFlash(flash, value, toBrowserHolder(browserId));
}

async function sealFlash(flash: Flash, value: unknown, holder: string) {
  const { path, maxAge } = flash;
  const expires = currentTime().getTime() + maxAge * 1000;
  const content: Sealed = { value, purpose: toPurpose(flash), holder, expires };
  const sealed = await new CompactEncrypt(packContent(content))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .encrypt(deriveKey("flash"));
  return { name: cookieName(flash), value: sealed, ...cookieAttributes(), path, maxAge };
}

/**
 * The value; null if there is none, it has expired, or it was set for another page, session or browser. The caller
 * validates it.
 */
export async function readFlash(flash: Flash): Promise<unknown> {
  const store = await cookies();
  const sealed = [cookieName(flash), restName(flash)].map((name) => store.get(name)?.value ?? "").join("");
  const content = sealed ? await open(sealed) : null;
  if (!content || content.purpose !== toPurpose(flash) || content.expires <= currentTime().getTime()) return null;
  const user = await getFormHolder();
  const isHeld = content.holder === (await identifyHolder(flash)) || (user && content.holder === toFormHolder(user));
  return isHeld ? content.value : null;
}

export async function clearFlash(flash: Flash): Promise<void> {
  const store = await cookies();
  const ended = { ...cookieAttributes(), path: flash.path, maxAge: 0 };
  store.set(cookieName(flash), "", ended);
  if (store.has(restName(flash))) store.set(restName(flash), "", ended);
}

async function open(sealed: string): Promise<Sealed | null> {
  try {
    const { plaintext } = await compactDecrypt(sealed, deriveKey("flash"), {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    return unpackContent(plaintext) as Sealed;
  } catch {
    return null;
  }
}

async function identifyHolder({ outlivesSession }: Flash): Promise<string> {
  const session = outlivesSession ? null : await getCurrentSession();
  return session ? `session ${session.id}` : toBrowserHolder(await getBrowserId());
}

function toFormHolder(holder: string): string {
  return `user ${holder}`;
}

function toBrowserHolder(browserId: string): string {
  return `browser ${digest(browserId)}`;
}

function toPurpose({ name, path }: Flash): string {
  return `${name} ${path}`;
}

/** The second part of one that is too long for a cookie. */
function restName(flash: Flash): string {
  return `${cookieName(flash)}-2`;
}

/** Includes the path, because a browser sends the cookies of a path to all paths below it. */
function cookieName(flash: Flash): string {
  return pathCookieName(`${flash.name}-${digest(toPurpose(flash)).slice(0, 8)}`);
}
