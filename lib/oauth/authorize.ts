import { isApproved, wantsNewSignIn } from "./authorization-approval";
import {
  checkAuthorizationRequest,
  makeAuthorizationRequest,
  parseAuthorizationRequest,
} from "./authorization-request";
import {
  type AuthorizationResponse,
  type AuthorizationResponseTarget,
  codeResponse,
  errorResponse,
} from "./authorization-response";
import { assertEnabled, checkClient } from "./checks/client";
import { checkPushed } from "./checks/pushed-request";
import { assertRegistered, checkRedirectUri } from "./checks/redirect-uri";
import { findResponseMode } from "./checks/response-mode";
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
import { takePushedRequest } from "./pushed-authorization";
import type { AuthorizationCode, AuthorizationRequest, Client, Session } from "./types";

/** What the dispatcher at `/o/authorize` does next. An answer to an address that was not checked can't be expressed. */
export type AuthorizeOutcome =
  | { kind: "error-page"; error: UntrustedRequestError }
  | (AuthorizationResponse & { error: OAuthError | null })
  | { kind: "login"; requestId: string }
  | { kind: "consent"; requestId: string }
  /** Nothing was done: the same request is to come again from a browser that says which one it is. */
  | { kind: "unknown-browser" };

export interface Browser {
  /**
   * Random, from a cookie: what binds a pending request to the browser that started it. Empty where none came along, as
   * with a POST from another site.
   */
  browserId: string;
  session: Session | null;
}

/** A request on its way to an answer. */
interface OpenRequest {
  id: string;
  request: AuthorizationRequest;
  /** Whether it waits in storage; a new one is stored only if someone has to do something about it first. */
  stored: boolean;
}

/** The first visit: a raw query string or form body (RFC 6749 §4.1.1, §3.1), or the reference to one (RFC 9126 §4). */
export async function authorize(context: OAuthContext, query: string, browser: Browser): Promise<AuthorizeOutcome> {
  return toOutcome(async () => {
    const sent = parseAuthorizationRequest(query);
    const client = await checkClient(context.stores.clients, sent);
    const requestUri = checkPushed(context, client, sent);
    // Before anything is used up or stored.
    if (browser.browserId === "") return { kind: "unknown-browser" };
    // RFC 9126 §4 with RFC 9101 §5: of what stands beside a `request_uri` only the client counts.
    const parameters = requestUri === null ? sent : await takePushedRequest(context, client, requestUri);
    const redirectUri = checkRedirectUri(client, parameters);
    const target = toTarget(context, {
      redirectUri: redirectUri.redirectUri,
      responseMode: findResponseMode(parameters, redirectUri.redirectUri) ?? "query",
      state: parameters.get("state") ?? null,
    });
    return tellErrors(target, async () => {
      const question = await checkAuthorizationRequest(context, client, redirectUri, parameters);
      const { id, request } = makeAuthorizationRequest(context, question, browser.browserId);
      return decideNext(context, client, { id, request, stored: false }, browser);
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
    return tellErrors(toTarget(context, request), () => {
      if (!client.grantTypes.includes("authorization_code")) throw new UnauthorizedClientError();
      return decideNext(context, client, { id: requestId, request, stored: true }, browser);
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

/** The one place that decides the next step: login, consent, an error or a code. */
async function decideNext(
  context: OAuthContext,
  client: Client,
  { id, request, stored }: OpenRequest,
  browser: Browser,
): Promise<AuthorizeOutcome> {
  const { requests, codes } = context.stores;
  const wait = async (kind: "login" | "consent"): Promise<AuthorizeOutcome> => {
    if (!stored) await requests.create(request);
    return { kind, requestId: id };
  };
  const silent = request.prompts.includes("none");

  if (request.decision === "denied") {
    if (!(await requests.discard(request.idHash))) throw expired();
    throw new AccessDeniedError();
  }
  const { session } = browser;
  if (request.decision === "approved" && session && request.decidedBySessionId !== session.id) {
    // Nothing more can be answered for this request: the consent page would only say so.
    throw expired();
  }
  if (!session || wantsNewSignIn(request, session, context.now())) {
    if (silent) throw new LoginRequiredError();
    return wait("login");
  }
  if (!(await isApproved(context, client, request, session))) {
    if (silent) throw new ConsentRequiredError();
    return wait("consent");
  }
  const { code, record } = makeCode(context, request, session);
  const condition = { whileConsented: !client.skipConsent };
  const issued = stored
    ? await codes.issueForRequest(record, request.idHash, condition)
    : await codes.issue(record, condition);
  // Used up by a parallel request, or the consent was withdrawn since it was read.
  if (!issued) throw expired();
  return { ...codeResponse(toTarget(context, request), code), error: null };
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
    resources: request.resources,
    codeChallenge: request.codeChallenge,
    dpopJkt: request.dpopJkt,
    createdAt,
    expiresAt: addSeconds(createdAt, context.lifetimes.authorizationCode),
  };
  return { code, record };
}

function toTarget(
  { issuer }: OAuthContext,
  { redirectUri, responseMode, state }: Omit<AuthorizationResponseTarget, "issuer">,
): AuthorizationResponseTarget {
  return { redirectUri, responseMode, state, issuer };
}

/** From here on the redirect URI is trusted, so an error goes to the client (RFC 6749 §4.1.2.1). */
async function tellErrors(
  target: AuthorizationResponseTarget,
  step: () => Promise<AuthorizeOutcome>,
): Promise<AuthorizeOutcome> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof OAuthError) || error instanceof UntrustedRequestError) throw error;
    return { ...errorResponse(target, error), error };
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
