import type { OAuthError } from "./errors";
import type { ResponseMode } from "./types";

/** Where the answer goes and how, with the parameters of RFC 6749 §4.1.2 and the `iss` of RFC 9207 §2. */
export interface AuthorizationResponseTarget {
  redirectUri: string;
  responseMode: ResponseMode;
  state: string | null;
  issuer: string;
}

/** What takes the browser back to the client: a redirect, or a form that it posts there. */
export type AuthorizationResponse =
  | { kind: "redirect"; location: string }
  | { kind: "form-post"; action: string; fields: Readonly<Record<string, string>> };

export function codeResponse(target: AuthorizationResponseTarget, code: string): AuthorizationResponse {
  return respond(target, { code });
}

/** RFC 9207 §2: error responses carry the issuer as well. */
export function errorResponse(target: AuthorizationResponseTarget, error: OAuthError): AuthorizationResponse {
  return respond(target, { error: error.error, error_description: error.description });
}

function respond(target: AuthorizationResponseTarget, own: Record<string, string>): AuthorizationResponse {
  const { redirectUri, state, issuer: iss } = target;
  const fields = { ...own, ...(state === null ? {} : { state }), iss };
  switch (target.responseMode) {
    case "form_post":
      return { kind: "form-post", action: redirectUri, fields };
    case "fragment":
      // No registered redirect URI has a fragment of its own (RFC 6749 §3.1.2).
      return { kind: "redirect", location: `${redirectUri}#${new URLSearchParams(fields)}` };
    case "query":
      return { kind: "redirect", location: withQuery(redirectUri, new URLSearchParams(fields)) };
  }
}

/** Keeps the registered query as it is (RFC 6749 §3.1.2). */
function withQuery(redirectUri: string, parameters: URLSearchParams): string {
  if (!redirectUri.includes("?")) return `${redirectUri}?${parameters}`;
  return `${redirectUri}${/[?&]$/.test(redirectUri) ? "" : "&"}${parameters}`;
}
