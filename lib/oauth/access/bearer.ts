import { checkDpopProof, dpopAlgorithms } from "../client/dpop";
import type { OAuthContext } from "../ports/context";
import type { FoundAccessToken } from "../ports/store";
import { isSameResource } from "../scope/resource-identifier";
import { formatScope, includesScopes } from "../scope/scope";
import type { ClaimsRequest } from "../wire/claims-request";
import { digest } from "../wire/digest";
import {
  InsufficientScopeError,
  InvalidDpopProofError,
  InvalidRequestError,
  InvalidTokenError,
  type OAuthError,
  UseDpopNonceError,
} from "../wire/errors";

/** How often, in milliseconds, the use of a token is recorded. */
const lastUsedWriteInterval = 60_000;

/** The parts of a request to a protected resource that access depends on. */
export interface ResourceRequest {
  authorization: string | null;
  /** The `DPoP` header. */
  dpop: string | null;
  method: string;
  /** Where clients send it: with the public origin, never that of the `Host` header. */
  uri: string;
}

/** What a token has to allow. */
export interface AccessRequirement {
  scopes: readonly string[];
  /**
   * The identifiers of the resource in the audience of tokens, of which any will do; without them a
   * token restricted to any API is refused.
   */
  resource?: string | readonly string[] | undefined;
}

/** What a protected resource learns about the presented token. */
export interface TokenInfo {
  clientId: string;
  applicationName: string;
  /** Null if the token stands for the application itself (RFC 6749 §4.4). */
  user: { id: string; username: string } | null;
  scopes: readonly string[];
  /** What the grant requested from userinfo (OpenID Connect Core §5.5). */
  claims: ClaimsRequest | null;
  expiresAt: Date;
}

/** RFC 6750 §2.1 and RFC 9449 §7.1. */
export type AccessScheme = "Bearer" | "DPoP";

/**
 * How a token must be presented, which is also its type (RFC 6749 §7.1, RFC 9449 §5). A token that is bound to a key
 * isn't accepted as a bearer token, or a thief would need no key, and an unbound one isn't accepted with a proof (RFC
 * 9449 §7.2).
 */
export function toAccessScheme(dpopJkt: string | null): AccessScheme {
  return dpopJkt === null ? "Bearer" : "DPoP";
}

/** The one rule of what makes an access token valid, for every caller. */
export function isActive(token: FoundAccessToken, now: Date): boolean {
  return (
    token.expiresAt > now &&
    token.revokedAt === null &&
    token.familyRevokedAt === null &&
    // FAPI 2.0 Security Profile §5.3.2.1 no. 4: what was issued before the application had a profile is not valid under
    // it.
    (token.securityProfile === null || token.dpopJkt !== null) &&
    !token.applicationDisabled &&
    !token.userDisabled &&
    !token.accessEnded
  );
}

/**
 * Checks the access token of a request to a protected resource: a bearer token (RFC 6750 §2.1) or one bound to a key,
 * with a proof (RFC 9449 §7.1). The token is taken only from the `Authorization` header, never from a query string or a
 * form (RFC 9700 §4.3.2). Null if no token was presented.
 * @throws InvalidRequestError, InvalidTokenError, InvalidDpopProofError, UseDpopNonceError, InsufficientScopeError
 */
export async function checkBearer(
  context: OAuthContext,
  request: ResourceRequest,
  requirement: AccessRequirement,
): Promise<TokenInfo | null> {
  const scheme = findScheme(request.authorization);
  if (scheme === null) return null;
  const token = readToken(request.authorization);
  const found = await context.stores.tokens.findAccessToken(digest(token));
  const now = context.now();
  if (!found || !isActive(found, now)) throw new InvalidTokenError();
  await checkPossession(context, request, scheme, { ...found, token });
  await checkAudience(context, found, requirement.resource);
  if (!includesScopes(found.scopes, requirement.scopes)) {
    throw new InsufficientScopeError(formatScope(requirement.scopes));
  }
  if (found.familyId && now.getTime() - (found.familyLastUsedAt?.getTime() ?? 0) >= lastUsedWriteInterval) {
    await context.stores.tokens.recordUse(found.familyId, now);
  }
  return {
    clientId: found.clientId,
    applicationName: found.applicationName,
    user: found.userId === null ? null : { id: found.userId, username: found.username ?? "" },
    scopes: found.scopes,
    claims: found.familyClaims,
    expiresAt: found.expiresAt,
  };
}

/** The scheme by which a token is presented, in any case (RFC 9110 §11.1); null if none is. */
export function findScheme(authorization: string | null): AccessScheme | null {
  if (/^bearer(\s|$)/i.test(authorization ?? "")) return "Bearer";
  return /^dpop(\s|$)/i.test(authorization ?? "") ? "DPoP" : null;
}

function readToken(authorization: string | null): string {
  const token = /^[a-z]+ +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization ?? "")?.[1];
  if (!token) throw new InvalidRequestError("The Authorization header is malformed.");
  return token;
}

/**
 * RFC 9449 §7.1: the scheme is the token's own, and a bound token comes with a proof of the key that it is bound to.
 */
async function checkPossession(
  context: OAuthContext,
  { dpop, method, uri }: ResourceRequest,
  scheme: AccessScheme,
  { token: accessToken, dpopJkt: boundTo, securityProfile }: FoundAccessToken & { token: string },
): Promise<void> {
  if (scheme !== toAccessScheme(boundTo)) throw new InvalidTokenError();
  if (boundTo === null) return;
  if (dpop === null) throw new InvalidDpopProofError("no proof");
  const { jkt } = await checkDpopProof(context, { proof: dpop, method, uri, accessToken, securityProfile });
  if (jkt !== boundTo) throw new InvalidTokenError();
}

/**
 * RFC 9700 §4.9.1: a token for other resources, one of which may have leaked it, is refused here. Another spelling of
 * the resource means the same unless an API is registered under each of them.
 */
async function checkAudience(
  { stores }: OAuthContext,
  { audience }: FoundAccessToken,
  resource: AccessRequirement["resource"],
): Promise<void> {
  const names = resource === undefined ? [] : [resource].flat();
  if (audience.length === 0 || names.some((name) => audience.includes(name))) return;
  const respelt = names.filter((name) => audience.some((identifier) => isSameResource(identifier, name)));
  const others = respelt.length > 0 ? await stores.apis.find(respelt) : [];
  const isMeant = respelt.some((name) => !others.some(({ identifier }) => identifier === name));
  if (!isMeant) throw new InvalidTokenError();
}

/**
 * Status and headers of a refusal (RFC 6750 §3, RFC 9449 §7.1); `error` is null if no token was presented, and then
 * the challenge carries no error code. `resourceMetadata` is the URL of RFC 9728 §5.1.
 */
export function describeRefusal(
  error: OAuthError | null,
  scheme: AccessScheme | null,
  resourceMetadata: string | null,
): { status: number; headers: Record<string, string> } {
  // RFC 9449 §7.1: at a resource these are 401; 400 is what the token endpoint says.
  const isAboutProof = error instanceof InvalidDpopProofError || error instanceof UseDpopNonceError;
  const status = isAboutProof ? 401 : (error?.status ?? 401);
  // Another scheme wouldn't help a client that sent a proof, or whose token only lacks the scope.
  const offered: AccessScheme[] = status === 401 && scheme !== "DPoP" ? ["Bearer", "DPoP"] : [scheme ?? "Bearer"];
  const challenges = offered.map((name) => formatChallenge(name, name === scheme ? error : null, resourceMetadata));
  return { status, headers: { ...error?.headers, "WWW-Authenticate": challenges.join(", ") } };
}

function formatChallenge(scheme: AccessScheme, error: OAuthError | null, resourceMetadata: string | null): string {
  const parameters = ['realm="Latchkey"'];
  if (error) {
    parameters.push(`error="${error.error}"`, `error_description="${error.description}"`);
    if (error instanceof InsufficientScopeError) parameters.push(`scope="${error.requiredScope}"`);
  }
  if (scheme === "DPoP") parameters.push(`algs="${dpopAlgorithms.join(" ")}"`);
  if (resourceMetadata !== null) parameters.push(`resource_metadata="${resourceMetadata}"`);
  return `${scheme} ${parameters.join(", ")}`;
}
