import type { OAuthError } from "./errors";

/** Where the browser goes next, with the parameters of RFC 6749 §4.1.2 and the `iss` of RFC 9207 §2. */
export interface AuthorizationResponseTarget {
  redirectUri: string;
  state: string | null;
  issuer: string;
}

export function codeResponse(target: AuthorizationResponseTarget, code: string): string {
  return withParameters(target, { code });
}

/** RFC 9207 §2: error responses carry the issuer as well. */
export function errorResponse(target: AuthorizationResponseTarget, error: OAuthError): string {
  return withParameters(target, { error: error.error, error_description: error.description });
}

/** Keeps the registered query as it is (RFC 6749 §3.1.2). */
function withParameters(target: AuthorizationResponseTarget, own: Record<string, string>): string {
  const parameters = new URLSearchParams(own);
  if (target.state !== null) parameters.set("state", target.state);
  parameters.set("iss", target.issuer);
  const { redirectUri } = target;
  if (!redirectUri.includes("?")) return `${redirectUri}?${parameters}`;
  return `${redirectUri}${/[?&]$/.test(redirectUri) ? "" : "&"}${parameters}`;
}
