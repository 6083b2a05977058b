import "server-only";
import { createHmac } from "node:crypto";
import { deriveKey } from "@/lib/keys/derive-key";
import { equalDigests } from "@/lib/oauth/wire/digest";
import { getBrowserId } from "./browser";
import { getCurrentSession } from "./current-session";
import { isOwnOrigin } from "./own-origin";

/** The form wasn't submitted by one of our pages in this browser. */
export class CrossSiteRequestError extends Error {}

/**
 * The value of the hidden `csrf` field for this browser. It also says who is signed in, to nobody but this server: a
 * form that comes after their session has ended can be kept for them alone (`getFormHolder`).
 */
export async function getCsrfToken(): Promise<string> {
  return tokenFor(await getBrowserId(), await getFormHolder());
}

/** The signed-in user of this browser, as the `csrf` field of a form names them; null if nobody is signed in. */
export async function getFormHolder(): Promise<string | null> {
  // A page that can't look the session up still has forms.
  const session = await getCurrentSession().catch(() => null);
  return session && holderFor(await getBrowserId(), session.user.id);
}

/** Who was signed in when the page with a form was made; null if nobody was. Only after `assertOwnForm`. */
export function readFormHolder(csrf: string | undefined): string | null {
  return csrf?.split(".")[1] ?? null;
}

/**
 * Checks that the form came from one of our pages in this browser: by the origin that the browser reports, and by a
 * token that no other site can read (OWASP ASVS 3.5.1, RFC 9700 §4.7).
 * @throws CrossSiteRequestError if it didn't
 */
export async function assertOwnForm(headers: Headers, csrf: string | undefined): Promise<void> {
  if (!isOwnForm(headers, csrf, await getBrowserId())) throw new CrossSiteRequestError();
}

export function isOwnForm(headers: Headers, csrf: string | undefined, browserId: string): boolean {
  if (!isOwnOrigin(headers) || browserId === "" || csrf === undefined) return false;
  return equalDigests(csrf, tokenFor(browserId, readFormHolder(csrf)));
}

/** For one browser and, after a dot, the user whom its page was for. */
function tokenFor(browserId: string, holder: string | null): string {
  return holder === null ? hash(browserId) : `${hash(`${browserId}.${holder}`)}.${holder}`;
}

function holderFor(browserId: string, userId: string): string {
  return hash(`${browserId} ${userId}`);
}

function hash(text: string): string {
  return createHmac("sha256", deriveKey("csrf")).update(text).digest("base64url");
}
