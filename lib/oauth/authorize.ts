import { parseAuthorizationRequest, validateAuthorizationRequest } from "./authorization-request";
import { codeResponse, errorResponse } from "./authorization-response";
import { assertEnabled, checkClient } from "./checks/client";
import { assertRegistered, checkRedirectUri } from "./checks/redirect-uri";
import { addSeconds, type OAuthContext } from "./context";
import { digest, randomToken } from "./digest";
import {
  AccessDeniedError,
  ConsentRequiredError,
  InvalidRequestError,
  LoginRequiredError,
  OAuthError,
  UnauthorizedClientError,
  UntrustedRequestError,
} from "./errors";
import { assuresClientIdentity } from "./redirect-uri";
import { includesScopes } from "./scope";
import type { AuthorizationCode, AuthorizationRequest, Client, Session } from "./types";

/** What the dispatcher at `/o/authorize` does next. A redirect to an address that was not checked can't be expressed. */
export type AuthorizeOutcome =
  | { kind: "error-page"; error: UntrustedRequestError }
  | { kind: "redirect"; location: string; error: OAuthError | null }
  | { kind: "login"; requestId: string }
  | { kind: "consent"; requestId: string };

export interface Browser {
  /** Random, from a cookie: what binds a pending request to the browser that started it. */
  browserId: string;
  session: Session | null;
}

/** The first visit: a raw query string or form body (RFC 6749 §4.1.1, §3.1). */
export async function authorize(context: OAuthContext, query: string, browser: Browser): Promise<AuthorizeOutcome> {
  return toOutcome(async () => {
    const parameters = parseAuthorizationRequest(query);
    const client = await checkClient(context.stores.clients, parameters);
    const redirectUri = checkRedirectUri(client, parameters);
    const target = {
      redirectUri: redirectUri.redirectUri,
      state: parameters.get("state") ?? null,
      issuer: context.issuer,
    };
    return redirectErrors(target, async () => {
      const { browserId } = browser;
      const { id, request } = await validateAuthorizationRequest(context, client, redirectUri, parameters, browserId);
      return decideNext(context, client, request, browser, id);
    });
  });
}

/** The way back from login or consent, which know nothing but the request's id. */
export async function resumeAuthorization(
  context: OAuthContext,
  requestId: string,
  browser: Browser,
): Promise<AuthorizeOutcome> {
  return toOutcome(async () => {
    const request = await findPendingRequest(context, requestId, browser.browserId);
    const client = await context.stores.clients.find(request.clientId);
    if (!client) throw expired();
    assertEnabled(client, request.redirectUri);
    assertRegistered(client, request.redirectUri);
    const target = { redirectUri: request.redirectUri, state: request.state, issuer: context.issuer };
    return redirectErrors(target, () => {
      if (!client.grantTypes.includes("authorization_code")) throw new UnauthorizedClientError();
      return decideNext(context, client, request, browser, null, requestId);
    });
  });
}

/** The pending request of this browser, for the pages between. Throws what its person should read. */
export async function findPendingRequest(
  context: OAuthContext,
  requestId: string,
  browserId: string,
): Promise<AuthorizationRequest> {
  const request = await context.stores.requests.find(digest(requestId));
  if (!request || request.expiresAt <= context.now()) throw expired();
  if (request.browserHash !== digest(browserId)) {
    throw new UntrustedRequestError(
      "This sign-in was started in another browser. Start again from the application, in this browser.",
      { clientId: request.clientId, applicationId: request.applicationId },
      { error: "access_denied", status: 403 },
    );
  }
  return request;
}

function expired(): UntrustedRequestError {
  return new UntrustedRequestError(
    "This sign-in has expired or was already completed. Go back to the application and start again.",
    {},
  );
}

/**
 * The one place that decides the next step: login, consent, an error or a code. `newId` is the id of a request that is
 * not stored yet; it is stored only if someone has to do something about it first.
 */
async function decideNext(
  context: OAuthContext,
  client: Client,
  request: AuthorizationRequest,
  browser: Browser,
  newId: string | null,
  storedId = "",
): Promise<AuthorizeOutcome> {
  const target = { redirectUri: request.redirectUri, state: request.state, issuer: context.issuer };
  const wait = async (kind: "login" | "consent"): Promise<AuthorizeOutcome> => {
    if (newId !== null) await context.stores.requests.create(request);
    return { kind, requestId: newId ?? storedId };
  };
  const silent = request.prompts.includes("none");

  if (request.decision === "denied") {
    if (!(await context.stores.requests.discard(request.idHash))) throw expired();
    throw new AccessDeniedError();
  }
  const { session } = browser;
  if (request.decision === "approved" && session && request.decidedBySessionId !== session.id) {
    // Nothing more can be answered for this request: the consent page would only say so.
    throw expired();
  }
  if (!session || wantsNewSignIn(request, session)) {
    if (silent) throw new LoginRequiredError();
    return wait("login");
  }
  if (!(await isApproved(context, client, request, session))) {
    if (silent) throw new ConsentRequiredError();
    return wait("consent");
  }
  const { code, record } = makeCode(context, request, session);
  const condition = { whileConsented: !client.skipConsent };
  const issued =
    newId === null
      ? await context.stores.codes.issueForRequest(record, request.idHash, condition)
      : await context.stores.codes.issue(record, condition);
  // Used up by a parallel request, or the consent was withdrawn since it was read.
  if (!issued) throw expired();
  return { kind: "redirect", location: codeResponse(target, code), error: null };
}

/** Whether someone has to sign in although `session` is there (OpenID Connect Core §3.1.2.1, `prompt`). */
export function wantsNewSignIn(request: AuthorizationRequest, session: Pick<Session, "id">): boolean {
  const asks = request.prompts.includes("login") || request.prompts.includes("select_account");
  return asks && request.authenticatedSessionId !== session.id;
}

async function isApproved(
  context: OAuthContext,
  client: Client,
  request: AuthorizationRequest,
  session: Session,
): Promise<boolean> {
  if (request.decision === "approved") return true;
  const asksForConsent = request.approvalPrompt === "force" || request.prompts.includes("consent");
  if (asksForConsent) return false;
  if (client.skipConsent) return true;
  if (client.clientType === "public" && !assuresClientIdentity(request.redirectUri)) return false;
  const consented = await context.stores.consents.find(session.userId, client.id);
  return consented !== null && includesScopes(consented, request.scopes);
}

function makeCode(
  context: OAuthContext,
  request: AuthorizationRequest,
  session: Session,
): { code: string; record: AuthorizationCode } {
  const code = randomToken();
  const createdAt = context.now();
  const record: AuthorizationCode = {
    codeHash: digest(code),
    applicationId: request.applicationId,
    userId: session.userId,
    sessionId: session.id,
    redirectUri: request.redirectUri,
    redirectUriSent: request.redirectUriSent,
    scopes: request.scopes,
    codeChallenge: request.codeChallenge,
    createdAt,
    expiresAt: addSeconds(createdAt, context.lifetimes.authorizationCode),
  };
  return { code, record };
}

/** From here on the redirect URI is trusted, so an error goes to the client (RFC 6749 §4.1.2.1). */
async function redirectErrors(
  target: { redirectUri: string; state: string | null; issuer: string },
  step: () => Promise<AuthorizeOutcome>,
): Promise<AuthorizeOutcome> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof OAuthError) || error instanceof UntrustedRequestError) throw error;
    return { kind: "redirect", location: errorResponse(target, error), error };
  }
}

async function toOutcome(step: () => Promise<AuthorizeOutcome>): Promise<AuthorizeOutcome> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof UntrustedRequestError) return { kind: "error-page", error };
    // Repeated or undecodable parameters: what they say of client and redirect URI can't be relied on.
    if (error instanceof InvalidRequestError) {
      const explanation = "The application that sent you here made a request that can't be read.";
      return { kind: "error-page", error: new UntrustedRequestError(explanation, {}) };
    }
    throw error;
  }
}
