import { findTransport, isSigned, signAuthorizationResponse } from "../keys/jarm";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { ResponseMode } from "../ports/types";
import type { OAuthError } from "../wire/errors";
import { withQuery } from "../wire/with-query";

/** Where the answer goes and how. */
export interface AuthorizationResponseTarget {
  client: Pick<Client, "clientId" | "authorizationSignedResponseAlg">;
  redirectUri: string;
  responseMode: ResponseMode;
  state: string | null;
}

/** How the browser returns to the client: by a redirect, or by a form that it posts there. */
export type AuthorizationResponse =
  | { kind: "redirect"; location: string }
  | { kind: "form-post"; action: string; fields: Readonly<Record<string, string>> };

/** RFC 6749 §4.1.2; `extra` are parameters of extensions, for a success only. */
export function codeResponse(
  context: OAuthContext,
  target: AuthorizationResponseTarget,
  code: string,
  extra: Readonly<Record<string, string>> = {},
): Promise<AuthorizationResponse> {
  return respond(context, target, { code, ...extra });
}

/** RFC 9207 §2: error responses carry the issuer as well. */
export function errorResponse(
  context: OAuthContext,
  target: AuthorizationResponseTarget,
  error: OAuthError,
): Promise<AuthorizationResponse> {
  return respond(context, target, { error: error.error, error_description: error.description });
}

async function respond(
  context: OAuthContext,
  target: AuthorizationResponseTarget,
  own: Readonly<Record<string, string>>,
): Promise<AuthorizationResponse> {
  const { client, redirectUri, responseMode, state } = target;
  const plain = { ...own, ...(state === null ? {} : { state }) };
  // A signed answer has its issuer inside (JARM §2.1), a plain one beside it (RFC 9207 §2).
  const fields: Record<string, string> = isSigned(responseMode)
    ? { response: await signAuthorizationResponse(context, client, plain) }
    : { ...plain, iss: context.issuer };
  switch (findTransport(responseMode)) {
    case "form_post":
      return { kind: "form-post", action: redirectUri, fields };
    case "fragment":
      // No registered redirect URI has a fragment of its own (RFC 6749 §3.1.2).
      return { kind: "redirect", location: `${redirectUri}#${new URLSearchParams(fields)}` };
    case "query":
      return { kind: "redirect", location: withQuery(redirectUri, fields) };
  }
}
