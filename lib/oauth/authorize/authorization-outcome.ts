import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { AuthorizationRequest, Session } from "../ports/types";
import { toWebOrigin } from "../wire/address-host";
import { AccessDeniedError, InvalidRequestError, OAuthError, UntrustedRequestError } from "../wire/errors";
import type { Parameters } from "../wire/parameters";
import { type AuthorizationResponse, type AuthorizationResponseTarget, errorResponse } from "./authorization-response";
import { checkRedirectUri } from "./checks/redirect-uri";
import { consumePushedRequest } from "./pushed-authorization";

/** The languages that the application prefers for pages, as sent; null if it sent none, or they are unknown. */
type UiLocales = AuthorizationRequest["uiLocales"];

/** What the dispatcher at `/o/authorize` does next. The types don't allow an answer to an unchecked address. */
export type AuthorizeOutcome =
  | { kind: "error-page"; error: UntrustedRequestError; uiLocales: UiLocales }
  | (AuthorizationResponse & {
      error: OAuthError | null;
      /** The one origin that may load this answer in a frame, if there was no interaction (`prompt=none`). */
      frameOrigin: string | null;
      uiLocales: UiLocales;
    })
  /** An error before sign-in, for a client that no administrator has approved: the user decides whether to go there. */
  | { kind: "leave"; response: AuthorizationResponse; error: OAuthError; redirectUri: string; uiLocales: UiLocales }
  | { kind: "login" | "consent" | "no-access"; requestId: string; uiLocales: UiLocales }
  /**
   * Nothing was done: the same request has to be repeated with the browser's ID. `frameOrigin` is the one origin that
   * may show the page in between in a frame.
   */
  | { kind: "unknown-browser"; frameOrigin: string | null };

export interface Browser {
  /**
   * Random, from a cookie: it binds a pending request to the browser that started it. Empty without the cookie, as in a
   * POST from another site.
   */
  browserId: string;
  session: Session | null;
  /** The value that pages of applications watch for changes (OpenID Connect Session Management §3.2). */
  browserState?: string;
}

/** Where the answer to a request goes, and how. */
export interface Target extends AuthorizationResponseTarget, Pick<AuthorizationRequest, "prompts" | "uiLocales"> {
  client: Client;
  /** Digest of the `request_uri` if the request was pushed: it is answered once. */
  pushedHash: string | null;
}

/** Silent renewal happens in a frame of the client's own page, whose origin is that of the redirect URI. */
export function findFrameOrigin({
  prompts,
  redirectUri,
}: Pick<AuthorizationRequest, "prompts" | "redirectUri">): string | null {
  return isSilent({ prompts }) ? toWebOrigin(redirectUri) : null;
}

/** The same before the request is resolved, from its plain parameters. Null without a registered redirect URI. */
export async function findSilentOrigin(
  context: OAuthContext,
  client: Client,
  sent: Parameters,
): Promise<string | null> {
  try {
    return findFrameOrigin({
      prompts: [sent.get("prompt") ?? ""],
      ...(await checkRedirectUri(context, client, sent)),
    });
  } catch (error) {
    if (error instanceof UntrustedRequestError) return null;
    throw error;
  }
}

/**
 * From here on the redirect URI is the client's, so an error goes to the client (RFC 6749 §4.1.2.1). A browser is only
 * redirected automatically if the user has signed in, has chosen to go back, or an administrator has approved the
 * client: otherwise a link with a mistake in it would make this server an open redirector for anyone who registers an
 * application. A silent request is the exception (RFC 9700 §4.11.2): there is no user to ask.
 */
export async function redirectErrors(
  context: OAuthContext,
  target: Target,
  browser: Browser,
  step: () => Promise<AuthorizeOutcome>,
): Promise<AuthorizeOutcome> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { uiLocales } = target;
    if (error instanceof UntrustedRequestError) return { kind: "error-page", error, uiLocales };
    await consumePushedRequest(context, target.pushedHash);
    const response = await errorResponse(context, target, error);
    const frameOrigin = findFrameOrigin(target);
    const chosen = error instanceof AccessDeniedError;
    if (chosen || browser.session || target.client.redirectsBeforeSignIn || isSilent(target)) {
      return { ...response, error, frameOrigin, uiLocales };
    }
    return { kind: "leave", response, error, redirectUri: target.redirectUri, uiLocales };
  }
}

function isSilent({ prompts }: Pick<AuthorizationRequest, "prompts">): boolean {
  return prompts.join() === "none";
}

export async function toOutcome(step: () => Promise<AuthorizeOutcome>): Promise<AuthorizeOutcome> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof UntrustedRequestError) return { kind: "error-page", error, uiLocales: null };
    // Repeated or undecodable parameters: their client and redirect URI can't be relied on.
    if (error instanceof InvalidRequestError) {
      return { kind: "error-page", error: new UntrustedRequestError("request_unreadable", {}), uiLocales: null };
    }
    throw error;
  }
}
