import { createHmac, randomBytes } from "node:crypto";
import { deriveKey } from "@/lib/keys/derive-key";
import { equalDigests } from "@/lib/oauth/wire/digest";

/** How many accounts a browser is known to, latest first: several people may share it. */
const maximumAccounts = 5;
/** How long a browser is remembered after a sign-in, in seconds. */
export const knownBrowserLifetime = 31_536_000;

/** An account that a browser has signed in to, valid while the password is still the one it used. */
export interface KnownAccount {
  userId: string;
  passwordGeneration: string;
}

/**
 * The value of the cookie after a sign-in: one entry per account, meaningless without the account. An entry is not a
 * credential. All it does is exempt the browser from the account's limit on attempts from everywhere.
 */
export function rememberAccount(cookie: string, account: KnownAccount, now: Date): string {
  const known = findEntry(cookie, account, now);
  const others = readEntries(cookie).filter((entry) => entry.text !== known?.text && entry.expires > now.getTime());
  const expires = now.getTime() + knownBrowserLifetime * 1000;
  const id = randomBytes(16).toString("base64url");
  const added = [id, expires.toString(36), sign(account, id, expires)].join(".");
  return [added, ...others.map(({ text }) => text)].slice(0, maximumAccounts).join("~");
}

/** This browser's ID for the account, under which its failures are counted; null if it hasn't signed in to it. */
export function findKnownBrowser(cookie: string, account: KnownAccount, now: Date): string | null {
  return findEntry(cookie, account, now)?.id ?? null;
}

interface Entry {
  text: string;
  id: string;
  expires: number;
  signature: string;
}

function findEntry(cookie: string, account: KnownAccount, now: Date): Entry | null {
  const isGood = ({ id, expires, signature }: Entry) =>
    expires > now.getTime() && equalDigests(signature, sign(account, id, expires));
  return readEntries(cookie).find(isGood) ?? null;
}

function readEntries(cookie: string): Entry[] {
  const texts = cookie.split("~", maximumAccounts);
  return texts.flatMap((text) => {
    const [, id, expires, signature] = /^([\w-]{22})\.([0-9a-z]{1,9})\.([\w-]{43})$/.exec(text) ?? [];
    return id && expires && signature ? [{ text, id, expires: Number.parseInt(expires, 36), signature }] : [];
  });
}

function sign({ userId, passwordGeneration }: KnownAccount, id: string, expires: number): string {
  const signed = [userId, passwordGeneration, id, expires].join(" ");
  return createHmac("sha256", deriveKey("known-browser")).update(signed).digest("base64url");
}
