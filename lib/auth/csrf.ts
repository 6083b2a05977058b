import "server-only";
import { createHmac } from "node:crypto";
import { deriveKey } from "@/lib/keys/derive-key";
import { equalDigests } from "@/lib/oauth/wire/digest";
import { getBrowserId } from "./browser";
import { isOwnOrigin } from "./own-origin";

/** The form wasn't submitted by one of our pages in this browser. */
export class CrossSiteRequestError extends Error {}

/** The value of the hidden `csrf` field for this browser. */
export async function getCsrfToken(): Promise<string> {
  return tokenFor(await getBrowserId());
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
  return isOwnOrigin(headers) && browserId !== "" && csrf !== undefined && equalDigests(csrf, tokenFor(browserId));
}

function tokenFor(browserId: string): string {
  return createHmac("sha256", deriveKey("csrf")).update(browserId).digest("base64url");
}
