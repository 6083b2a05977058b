import { randomAlphanumeric } from "@/lib/oauth/wire/digest";
import type { BrowserClient } from "./browser-client";
import type { Answer } from "./http";
import type { Portal, TestApplication } from "./portal";
import { authorizationOf, exchangeOf, requestToken, type TokenAnswer } from "./token-client";

/** Where an application receives logouts, and where users are redirected afterwards. */
export interface LogoutAddresses {
  backchannelLogoutUri?: string;
  frontchannelLogoutUri?: string;
}

export interface RelyingParty extends TestApplication {
  postLogoutRedirectUri: string;
}

/** An application without consent, with one address for redirects after sign-out. */
export async function createRelyingParty(portal: Portal, addresses: LogoutAddresses = {}): Promise<RelyingParty> {
  const origin = `https://${randomAlphanumeric(10).toLowerCase()}.example.test`;
  const postLogoutRedirectUri = `${origin}/post_logout_redirect`;
  const application = await portal.createApplication({
    skipConsent: true,
    redirectUris: [`${origin}/callback`, ...toRedirectUris(addresses)],
    postLogoutRedirectUris: [postLogoutRedirectUri],
    ...addresses,
  });
  return { ...application, postLogoutRedirectUri };
}

/** OpenID Connect Front-Channel Logout §2: the page is at the origin of a redirect URI. */
function toRedirectUris({ frontchannelLogoutUri }: LogoutAddresses): string[] {
  return frontchannelLogoutUri === undefined ? [] : [new URL("/callback", frontchannelLogoutUri).href];
}

export interface SignedIn extends TokenAnswer {
  idToken: string;
}

/** Signs in to an application with OpenID. */
export async function signInTo(browser: BrowserClient, party: RelyingParty, scope = "openid"): Promise<SignedIn> {
  const code = await browser.obtainCode(authorizationOf(party, { scope }));
  const tokens = await requestToken(exchangeOf(party, code), { base: browser.base });
  return { ...tokens, idToken: String(tokens.body.id_token) };
}

export function logoutPath(parameters: Record<string, string>): string {
  return `/o/logout/?${new URLSearchParams(parameters)}`;
}

/** Whether the browser is still signed in, judged by a page that requires it. */
export async function isSignedIn(browser: BrowserClient): Promise<boolean> {
  return (await browser.get("/account")).status === 200;
}

/** Where an answer redirects the browser. */
export const locationOf = ({ status, headers }: Answer) => (status === 303 ? headers.location : undefined);

/** The error that an application gets when it silently asks whether a user is still signed in. */
export async function askSilently(browser: BrowserClient, party: RelyingParty): Promise<string | null> {
  const location = await browser.authorize(authorizationOf(party, { scope: "openid", prompt: "none" }));
  return location.searchParams.get("error");
}
