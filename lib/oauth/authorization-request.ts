import { checkCodeChallenge } from "./checks/code-challenge";
import { checkPrompt } from "./checks/prompt";
import type { CheckedRedirectUri } from "./checks/redirect-uri";
import { checkResource } from "./checks/resource";
import { checkResponseType, checkUnsupported } from "./checks/response-type";
import { checkText } from "./checks/text";
import { addSeconds, type OAuthContext } from "./context";
import { digest, randomToken } from "./digest";
import { Parameters } from "./parameters";
import { resolveScopes } from "./scope";
import type { AuthorizationRequest, Client } from "./types";

/** A raw query string or form body; what is repeated or broken in it makes all of it unreadable. */
export function parseAuthorizationRequest(query: string): Parameters {
  const parameters = Parameters.parse(query);
  parameters.refuseRepeated();
  return parameters;
}

/**
 * Checks everything but client and redirect URI, which come checked, and makes the record of the request. `id` is for the
 * browser, the record holds its digest. An error from here on is the client's to hear (RFC 6749 §4.1.2.1).
 */
export async function validateAuthorizationRequest(
  context: OAuthContext,
  client: Client,
  redirectUri: CheckedRedirectUri,
  parameters: Parameters,
  browserId: string,
): Promise<{ id: string; request: AuthorizationRequest }> {
  const state = checkText(parameters, "state");
  checkUnsupported(parameters);
  checkResponseType(client, parameters);
  const codeChallenge = checkCodeChallenge(client, parameters);
  const { prompts, approvalPrompt } = checkPrompt(parameters);
  checkResource(parameters);
  const scopes = resolveScopes(client, await context.stores.scopes.list(), parameters.get("scope"));
  const id = randomToken();
  const createdAt = context.now();
  const request: AuthorizationRequest = {
    idHash: digest(id),
    browserHash: digest(browserId),
    applicationId: client.id,
    clientId: client.clientId,
    ...redirectUri,
    scopes,
    state,
    codeChallenge,
    prompts,
    approvalPrompt,
    loginHint: checkText(parameters, "login_hint"),
    createdAt,
    expiresAt: addSeconds(createdAt, context.lifetimes.authorizationRequest),
    authenticatedSessionId: null,
    decision: null,
    decidedBySessionId: null,
  };
  return { id, request };
}
