import { checkCodeChallenge } from "./checks/code-challenge";
import { checkDpopJkt } from "./checks/dpop-jkt";
import { checkMaxAge } from "./checks/max-age";
import { checkPrompt } from "./checks/prompt";
import type { CheckedRedirectUri } from "./checks/redirect-uri";
import { checkResponseMode } from "./checks/response-mode";
import { checkResponseType, checkUnsupported } from "./checks/response-type";
import { checkText } from "./checks/text";
import { addSeconds, type OAuthContext } from "./context";
import { digest, randomToken } from "./digest";
import { Parameters } from "./parameters";
import { resolveResources, restrictScopes } from "./resource-indicators";
import { resolveScopes } from "./scope";
import type { AuthorizationRequest, Client } from "./types";

/** What a client asks for, checked, before it is known at which browser. */
export type AuthorizationQuestion = Omit<
  AuthorizationRequest,
  "idHash" | "browserHash" | "createdAt" | "expiresAt" | "authenticatedSessionId" | "decision" | "decidedBySessionId"
>;

/** A raw query string or form body; what is repeated or broken in it makes all of it unreadable. */
export function parseAuthorizationRequest(query: string): Parameters {
  const parameters = Parameters.parse(query);
  parameters.refuseRepeated();
  return parameters;
}

/**
 * Checks everything but client and redirect URI, which come checked. An error from here on is the client's to hear
 * (RFC 6749 §4.1.2.1), at the authorization endpoint as well as where requests are pushed (RFC 9126 §2.1).
 */
export async function checkAuthorizationRequest(
  context: OAuthContext,
  client: Client,
  redirectUri: CheckedRedirectUri,
  parameters: Parameters,
): Promise<AuthorizationQuestion> {
  const state = checkText(parameters, "state");
  const responseMode = checkResponseMode(parameters, redirectUri.redirectUri);
  checkUnsupported(parameters);
  checkResponseType(client, parameters);
  const codeChallenge = checkCodeChallenge(client, parameters);
  const dpopJkt = checkDpopJkt(parameters);
  const { prompts, approvalPrompt } = checkPrompt(parameters);
  const maxAge = checkMaxAge(parameters);
  const apis = await resolveResources(context, parameters.getAll("resource"));
  const scopes = resolveScopes(client, await context.stores.scopes.list(), parameters.get("scope"));
  return {
    applicationId: client.id,
    clientId: client.clientId,
    ...redirectUri,
    scopes: restrictScopes(apis, scopes),
    resources: apis.map(({ identifier }) => identifier),
    state,
    codeChallenge,
    dpopJkt,
    responseMode,
    maxAge,
    prompts,
    approvalPrompt,
    loginHint: checkText(parameters, "login_hint"),
    uiLocales: checkText(parameters, "ui_locales"),
  };
}

/** A question put to a browser. `id` is for the browser, the record holds its digest. */
export function makeAuthorizationRequest(
  context: OAuthContext,
  question: AuthorizationQuestion,
  browserId: string,
): { id: string; request: AuthorizationRequest } {
  const id = randomToken();
  const createdAt = context.now();
  const request: AuthorizationRequest = {
    ...question,
    idHash: digest(id),
    browserHash: digest(browserId),
    createdAt,
    expiresAt: addSeconds(createdAt, context.lifetimes.authorizationRequest),
    authenticatedSessionId: null,
    decision: null,
    decidedBySessionId: null,
  };
  return { id, request };
}
