/**
 * One class per error of the wire. `error` and `description` reach the client; `cause` only the log. A description uses
 * only the characters that RFC 6749 §5.2 allows and never echoes what was sent.
 */
export class OAuthError extends Error {
  readonly error: string;
  readonly description: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    error: string,
    description: string,
    options: { status?: number; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(`${error}: ${description}`, { cause: options.cause });
    this.name = new.target.name;
    this.error = error;
    this.description = description;
    this.status = options.status ?? 400;
    this.headers = options.headers ?? {};
  }
}

export class InvalidRequestError extends OAuthError {
  constructor(description: string, options: { status?: number; headers?: Record<string, string> } = {}) {
    super("invalid_request", description, options);
  }
}

/** RFC 6749 §5.2: 401, and the challenge names the scheme that would be accepted. `cause` is for the log alone. */
export class InvalidClientError extends OAuthError {
  constructor(cause?: string) {
    super("invalid_client", "Client authentication failed.", {
      status: 401,
      cause,
      headers: { "WWW-Authenticate": 'Basic realm="Latchkey", charset="UTF-8"' },
    });
  }
}

/** `cause` has the reason, which the client isn't told. */
export class InvalidGrantError extends OAuthError {
  constructor(cause: string) {
    super("invalid_grant", "The grant is invalid, expired, revoked, or was issued to another client.", { cause });
  }
}

export class UnauthorizedClientError extends OAuthError {
  constructor() {
    super("unauthorized_client", "The client may not use this grant type.");
  }
}

export class UnsupportedGrantTypeError extends OAuthError {
  constructor() {
    super("unsupported_grant_type", "The grant type is not supported.");
  }
}

export class UnsupportedResponseTypeError extends OAuthError {
  constructor() {
    super("unsupported_response_type", "Only the response type code is supported.");
  }
}

export class InvalidScopeError extends OAuthError {
  constructor(description = "A requested scope is unknown, malformed, or not allowed to this client.") {
    super("invalid_scope", description);
  }
}

/** RFC 8707 §2. */
export class InvalidTargetError extends OAuthError {
  constructor() {
    super("invalid_target", "The requested resource is invalid or unknown.");
  }
}

export class AccessDeniedError extends OAuthError {
  constructor(description = "The resource owner denied the request.") {
    super("access_denied", description);
  }
}

/** The application is for members of certain groups. */
export class NotPermittedError extends AccessDeniedError {
  constructor() {
    super("The user may not use this client.");
  }
}

/** OpenID Connect Core §3.1.2.6: answers to `prompt=none`. */
export class LoginRequiredError extends OAuthError {
  constructor() {
    super("login_required", "Nobody is signed in.");
  }
}

export class ConsentRequiredError extends OAuthError {
  constructor() {
    super("consent_required", "The resource owner has not consented.");
  }
}

export class InteractionRequiredError extends OAuthError {
  constructor() {
    super("interaction_required", "The request asks for a page and for none.");
  }
}

/**
 * RFC 8628 §3.5: the answers to a device while the decision is pending, if it polls too fast, and after its code has
 * expired.
 */
export class AuthorizationPendingError extends OAuthError {
  constructor() {
    super("authorization_pending", "Nobody has answered yet.");
  }
}

export class SlowDownError extends OAuthError {
  constructor() {
    super("slow_down", "Wait five seconds longer between requests.");
  }
}

export class ExpiredTokenError extends OAuthError {
  constructor() {
    super("expired_token", "The device code has expired.");
  }
}

/** RFC 9449 §5, §7.1. `cause` says what was wrong with the proof. */
export class InvalidDpopProofError extends OAuthError {
  constructor(cause: string) {
    super("invalid_dpop_proof", "The DPoP proof is missing, malformed or not acceptable.", { cause });
  }
}

/** RFC 9449 §8. */
export class UseDpopNonceError extends OAuthError {
  constructor(nonce: string) {
    super("use_dpop_nonce", "The DPoP proof needs the nonce of the DPoP-Nonce header.", {
      headers: { "DPoP-Nonce": nonce },
    });
  }
}

/** RFC 6585 §4. `retryAfter` is in seconds. */
export class TooManyRequestsError extends OAuthError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super("invalid_request", "Too many requests. Try again later.", {
      status: 429,
      headers: { "Retry-After": String(retryAfter) },
    });
    this.retryAfter = retryAfter;
  }
}

/** After too many failed authentications: the same credentials would be refused again until `retryAfter` has passed. */
export class TooManyFailuresError extends TooManyRequestsError {}

/** RFC 6750 §3.1. */
export class InvalidTokenError extends OAuthError {
  constructor() {
    super("invalid_token", "The access token is invalid, expired or revoked.", { status: 401 });
  }
}

export class InsufficientScopeError extends OAuthError {
  readonly requiredScope: string;

  constructor(requiredScope: string) {
    super("insufficient_scope", "The access token does not carry the scope that is needed.", { status: 403 });
    this.requiredScope = requiredScope;
  }
}

/** What was sent and what was registered: for the log and the audit event, which bound it, never for the page. */
export interface Diagnosis {
  clientId?: string | undefined;
  applicationId?: string | undefined;
  redirectUri?: string | undefined;
  registeredRedirectUris?: readonly string[] | undefined;
}

/** Why a request is answered by a page: each reason has a sentence in every language of the pages. */
export type UntrustedRequestReason =
  | "client_deleted"
  | "client_disabled"
  | "client_id_missing"
  | "client_unknown"
  | "cookie_missing"
  | "hint_of_other_client"
  | "hint_unproven"
  | "logout_client_unknown"
  | "other_browser"
  | "post_logout_redirect_uri_unregistered"
  | "redirect_uri_missing"
  | "redirect_uri_unregistered"
  | "request_decided"
  | "request_gone"
  | "request_modified"
  | "request_not_pushed"
  | "request_unreadable"
  | "test_of_other_user"
  | "too_many_requests";

/**
 * An authorization request that must not be answered by a redirect, because the redirect URI can't be trusted (RFC 6749
 * §4.1.2.1, RFC 9700 §4.11.2). It becomes a page for the person at the browser, who reads the reason in plain words;
 * the log and the audit event have the details.
 */
export class UntrustedRequestError extends OAuthError {
  readonly reason: UntrustedRequestReason;
  readonly diagnosis: Diagnosis;

  constructor(
    reason: UntrustedRequestReason,
    diagnosis: Diagnosis,
    options: { error?: string; status?: number; headers?: Record<string, string> } = {},
  ) {
    super(options.error ?? "invalid_request", reason, { ...options, status: options.status ?? 400 });
    this.reason = reason;
    this.diagnosis = diagnosis;
  }
}
