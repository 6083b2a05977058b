import { findClient } from "../client/find-client";
import { mayUse } from "../client/permitted-users";
import { keepPermittedClaims } from "../openid/claim-permissions";
import { toSessionState } from "../openid/session-state";
import { findWait } from "../ports/admission";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { AuthorizationRequest } from "../ports/types";
import { withoutIgnoredScopes } from "../scope/ignored-scopes";
import { listAllowedScopes } from "../scope/scope";
import { digest } from "../wire/digest";
import {
  AccessDeniedError,
  ConsentRequiredError,
  InteractionRequiredError,
  InvalidScopeError,
  LoginRequiredError,
  NotPermittedError,
  UnauthorizedClientError,
  UntrustedRequestError,
} from "../wire/errors";
import { isApproved, isRequiredUser, requiresReauthentication, skipsConsent } from "./authorization-approval";
import { createCode } from "./authorization-code";
import {
  type AuthorizeOutcome,
  type Browser,
  findFrameOrigin,
  findSilentOrigin,
  redirectErrors,
  type Target,
  toOutcome,
} from "./authorization-outcome";
import {
  checkAuthorizationRequest,
  createAuthorizationRequest,
  parseAuthorizationRequest,
  readPushedHash,
} from "./authorization-request";
import { codeResponse } from "./authorization-response";
import { assertRequiredAcr } from "./checks/acr-values";
import { assertEnabled, checkClient } from "./checks/client";
import { checkPushed } from "./checks/pushed-request";
import { assertRegistered, checkRedirectUri } from "./checks/redirect-uri";
import { defaultResponseMode, findResponseMode } from "./checks/response-mode";
import { meetsSecurityProfile } from "./checks/security-profile";
import { assertHolder } from "./checks/temporary-redirect-uri";
import { consumePushedRequest } from "./pushed-authorization";
import { resolveRequestParameters } from "./resolved-request";

/** A request that is being processed. */
interface OpenRequest {
  id: string;
  request: AuthorizationRequest;
  /** Whether it is stored; a new one is stored only if the user has to do something first. */
  stored: boolean;
  target: Target;
}

/** The first visit: a raw query string or form body (RFC 6749 §4.1.1, §3.1), or the reference to one (RFC 9126 §4). */
export async function authorize(context: OAuthContext, query: string, browser: Browser): Promise<AuthorizeOutcome> {
  return toOutcome(async () => {
    const sent = parseAuthorizationRequest(query);
    const client = await checkClient(context.stores.clients, sent);
    const requestUri = checkPushed(context, client, sent);
    // Before anything is used up or stored.
    if (browser.browserId === "") {
      return { kind: "unknown-browser", frameOrigin: await findSilentOrigin(context, client, sent) };
    }
    const { parameters, refusal, pushedHash } = await resolveRequestParameters(context, client, sent, requestUri);
    const redirectUri = await checkRedirectUri(context, client, parameters);
    assertHolder(client, redirectUri, browser.session?.userId ?? null);
    const target = {
      client,
      redirectUri: redirectUri.redirectUri,
      responseMode: findResponseMode(client, parameters, redirectUri.redirectUri) ?? defaultResponseMode(client),
      state: parameters.get("state") ?? null,
      prompts: [parameters.get("prompt") ?? ""],
      uiLocales: parameters.get("ui_locales") ?? null,
      pushedHash,
    };
    return redirectErrors(context, target, browser, async () => {
      if (refusal) throw refusal;
      const validated = await checkAuthorizationRequest(context, client, redirectUri, parameters);
      const { id, request } = createAuthorizationRequest(context, validated, browser.browserId, pushedHash);
      return decideNext(context, client, { id, request, stored: false, target }, browser);
    });
  });
}

/** The return from login or consent, which only know the request's ID. */
export async function resumeAuthorization(
  context: OAuthContext,
  requestId: string,
  browser: Browser,
): Promise<AuthorizeOutcome> {
  return withPendingRequest(context, requestId, browser, async (client, pending) => {
    if (!client.grantTypes.includes("authorization_code")) throw new UnauthorizedClientError();
    const known = await context.stores.scopes.list();
    const allowed = listAllowedScopes(client, known);
    const current = withoutIgnoredScopes(pending.request, client, known);
    if (!current.scopes.every((name) => allowed.has(name))) {
      throw new InvalidScopeError("A requested scope is no longer allowed.");
    }
    const request = { ...current, claims: keepPermittedClaims(current.claims, allowed) };
    return decideNext(context, client, { ...pending, request }, browser);
  });
}

/**
 * For a user who doesn't want to sign in, or may not use the client: consumes the request and returns to the client,
 * like Cancel on the consent page (RFC 6749 §4.1.2.1).
 */
export async function cancelAuthorization(
  context: OAuthContext,
  requestId: string,
  browser: Browser,
): Promise<AuthorizeOutcome> {
  return withPendingRequest(context, requestId, browser, async (client, { request }) => {
    const isPermitted = browser.session === null || (await mayUse(context, client, browser.session.userId));
    const discarded = await context.stores.requests.discard(request.idHash, {
      type: "authorization.cancelled",
      at: context.now(),
      userId: browser.session?.userId ?? null,
      applicationId: client.id,
    });
    // It was answered or cancelled in another tab at the same moment.
    if (!discarded) throw expired();
    throw isPermitted ? new AccessDeniedError() : new NotPermittedError();
  });
}

/** Continues a stored request under the current rules: what it refers to may have been removed. */
async function withPendingRequest(
  context: OAuthContext,
  requestId: string,
  browser: Browser,
  step: (client: Client, pending: OpenRequest) => Promise<AuthorizeOutcome>,
): Promise<AuthorizeOutcome> {
  return toOutcome(async () => {
    const request = await findPendingRequest(context, requestId, browser.browserId);
    const client = await findClient(context.stores.clients, request.clientId);
    const pushedHash = readPushedHash(requestId);
    if (!client || !meetsSecurityProfile(client, request, pushedHash)) throw expired();
    assertEnabled(client, request.redirectUri);
    const onlyUserId = await assertRegistered(context, client, request.redirectUri);
    // Without a session nothing is answered yet: the next step is to sign in.
    if (browser.session) assertHolder(client, { ...request, onlyUserId }, browser.session.userId);
    const target = { ...request, client, pushedHash };
    return redirectErrors(context, target, browser, async () =>
      step(client, { id: requestId, request, stored: true, target }),
    );
  });
}

/**
 * The pending request of this browser, for the pages in between.
 * @throws UntrustedRequestError for the user to read
 */
export async function findPendingRequest(
  context: OAuthContext,
  requestId: string,
  browserId: string,
): Promise<AuthorizationRequest> {
  const request = await context.stores.requests.find(digest(requestId));
  if (!request || request.expiresAt <= context.now()) throw expired();
  if (request.browserHash !== digest(browserId)) {
    throw new UntrustedRequestError(
      "other_browser",
      { clientId: request.clientId, applicationId: request.applicationId },
      { error: "access_denied", status: 403 },
    );
  }
  return request;
}

function expired(): UntrustedRequestError {
  return new UntrustedRequestError("request_gone", {});
}

/** The sender is not authenticated: pending requests are limited by network and by client. */
function admitRequest(context: OAuthContext, client: Client, request: AuthorizationRequest): void {
  const wait = findWait(context, "authorization_request", client, JSON.stringify(request).length);
  if (wait === 0) return;
  throw new UntrustedRequestError(
    "too_many_requests",
    { clientId: client.clientId, applicationId: client.id },
    { error: "temporarily_unavailable", status: 429, headers: { "Retry-After": String(wait) } },
  );
}

/**
 * The one place that decides the next step: login, consent, an error or a code. Consent is decided before anything that
 * distinguishes users or their sign-ins (`id_token_hint`, `sub` in `claims`, `max_age`, groups): a client that the user
 * never approved must not learn from the error who is signed in or since when (OpenID Connect Core §3.1.2.6, §17.1).
 * Users themselves read that they may not use it before they are asked to allow it anything.
 */
async function decideNext(
  context: OAuthContext,
  client: Client,
  { id, request, stored, target }: OpenRequest,
  browser: Browser,
): Promise<AuthorizeOutcome> {
  const { requests, codes } = context.stores;
  const wait = async (kind: "login" | "consent" | "no-access"): Promise<AuthorizeOutcome> => {
    if (!stored) {
      admitRequest(context, client, request);
      await requests.create(request);
    }
    return { kind, requestId: id, uiLocales: request.uiLocales };
  };
  const silent = request.prompts.includes("none");

  if (request.decision === "denied") {
    if (!(await requests.discard(request.idHash))) throw expired();
    throw new AccessDeniedError();
  }
  const { session } = browser;
  if (request.decision === "approved" && session && request.decidedBySessionId !== session.id) {
    // This request can no longer be answered: the consent page would only say so.
    throw expired();
  }
  if (!session) {
    if (silent) throw new LoginRequiredError();
    return wait("login");
  }
  const needsSignIn = requiresReauthentication(request, session, context.now());
  if (needsSignIn && !silent) return wait("login");
  const isPermitted = await mayUse(context, client, session.userId);
  if (!isPermitted && !silent) return wait("no-access");
  if (!(await isApproved(context, client, request, session))) {
    if (silent) throw request.approvalPrompt === "force" ? new InteractionRequiredError() : new ConsentRequiredError();
    return wait("consent");
  }
  // Without interaction there is nothing to ask; otherwise, another user has just signed in for this request.
  if (needsSignIn || !isRequiredUser(request, session)) throw new LoginRequiredError();
  assertRequiredAcr(request, session);
  if (!isPermitted) throw new NotPermittedError();
  await consumePushedRequest(context, target.pushedHash);
  const { code, record } = createCode(context, client, request, session);
  const condition = { whileConsented: !skipsConsent(client, request) };
  const issued = stored
    ? await codes.issueForRequest(record, request.idHash, condition)
    : await codes.issue(record, condition);
  // Used up by a parallel request, or the consent was revoked since it was read.
  if (!issued) throw expired();
  const response = await codeResponse(context, target, code, describeSession(request, browser));
  return { ...response, error: null, frameOrigin: findFrameOrigin(request), uiLocales: request.uiLocales };
}

/** OpenID Connect Session Management §2: lets a page of the client find out that its user has signed out. */
function describeSession(
  { clientId, redirectUri, scopes }: AuthorizationRequest,
  { browserState }: Browser,
): Record<string, string> {
  if (browserState === undefined || !scopes.includes("openid")) return {};
  const { origin } = new URL(redirectUri);
  return { session_state: toSessionState({ clientId, origin, browserState }) };
}
