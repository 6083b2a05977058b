import { keepPermittedClaims } from "../openid/claim-permissions";
import type { Client } from "../ports/client";
import { addSeconds, type OAuthContext } from "../ports/context";
import type { AuthorizationRequest } from "../ports/types";
import { resolveUserScopes } from "../scope/requested-scopes";
import { resolveResources, restrictRequest } from "../scope/resource-indicators";
import { listAllowedScopes } from "../scope/scope";
import { type ClaimsRequest, parseClaimsRequest } from "../wire/claims-request";
import { digest, randomToken } from "../wire/digest";
import { Parameters } from "../wire/parameters";
import { checkLengths } from "./authorization-parameters";
import { checkAcrValues, checkEssentialAcr } from "./checks/acr-values";
import { checkCodeChallenge } from "./checks/code-challenge";
import { checkDisplay } from "./checks/display";
import { checkDpopJkt } from "./checks/dpop-jkt";
import { checkMaxAge } from "./checks/max-age";
import { checkPrompt } from "./checks/prompt";
import type { CheckedRedirectUri } from "./checks/redirect-uri";
import { checkRequiredUser } from "./checks/required-user";
import { checkResponseMode } from "./checks/response-mode";
import { checkResponseType } from "./checks/response-type";
import { checkText } from "./checks/text";

/** A client's checked request, not yet tied to a browser. */
export type ValidatedRequest = Omit<
  AuthorizationRequest,
  "idHash" | "browserHash" | "createdAt" | "expiresAt" | "authenticatedSessionId" | "decision" | "decidedBySessionId"
>;

/** A raw query string or form body; repeated or broken parameters make all of it unreadable. */
export function parseAuthorizationRequest(query: string): Parameters {
  const parameters = Parameters.parse(query);
  parameters.refuseRepeated();
  return parameters;
}

/**
 * Checks everything except client and redirect URI, which have been checked before. Errors from here on go to the
 * client, both at the authorization endpoint (RFC 6749 §4.1.2.1) and for pushed requests (RFC 9126 §2.1).
 */
export async function checkAuthorizationRequest(
  context: OAuthContext,
  client: Client,
  { redirectUri, redirectUriSent }: CheckedRedirectUri,
  parameters: Parameters,
): Promise<ValidatedRequest> {
  checkLengths(parameters);
  const state = checkText(parameters, "state");
  const responseMode = checkResponseMode(client, parameters, redirectUri);
  checkResponseType(client, parameters);
  const codeChallenge = checkCodeChallenge(client, parameters);
  const dpopJkt = checkDpopJkt(parameters);
  const { prompts, approvalPrompt } = checkPrompt(parameters);
  const maxAge = checkMaxAge(client, parameters);
  const nonce = checkText(parameters, "nonce");
  const apis = await resolveResources(context, parameters.getAll("resource"));
  const known = await context.stores.scopes.list();
  const scopes = resolveUserScopes({ client, known, apis, requested: parameters.get("scope") });
  // OpenID Connect Core §5.5: it is a parameter of authentication requests, and these have the scope openid (§3.1.2.1).
  const claims = scopes.includes("openid") ? checkClaims(parameters) : null;
  return {
    applicationId: client.id,
    clientId: client.clientId,
    redirectUri,
    redirectUriSent,
    scopes: restrictRequest(apis, scopes),
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
    nonce,
    claims: keepPermittedClaims(claims, listAllowedScopes(client, known)),
    acrValues: checkAcrValues(client, parameters),
    requiredAcrValues: checkEssentialAcr(claims),
    display: checkDisplay(parameters),
    claimsLocales: checkText(parameters, "claims_locales"),
    requiredUserId: await checkRequiredUser(context, client, parameters, claims),
  };
}

function checkClaims(parameters: Parameters): ClaimsRequest | null {
  const text = checkText(parameters, "claims");
  return text === null ? null : parseClaimsRequest(text);
}

/**
 * A request that is pending in a browser. `id` is for the browser, the record holds its digest. It names the pushed
 * request that it came from, by the digest of its `request_uri`, for the moment when it is answered.
 */
export function createAuthorizationRequest(
  context: OAuthContext,
  validated: ValidatedRequest,
  browserId: string,
  pushedHash: string | null = null,
): { id: string; request: AuthorizationRequest } {
  const id = pushedHash === null ? randomToken() : `${randomToken()}.${pushedHash}`;
  const createdAt = context.now();
  const request: AuthorizationRequest = {
    ...validated,
    idHash: digest(id),
    browserHash: digest(browserId),
    createdAt,
    expiresAt: addSeconds(createdAt, context.settings.authorizationRequestLifetime),
    authenticatedSessionId: null,
    decision: null,
    decidedBySessionId: null,
  };
  return { id, request };
}

/** The digest that `createAuthorizationRequest` put into the ID. A changed one finds no request. */
export function readPushedHash(id: string): string | null {
  return id.split(".")[1] ?? null;
}
