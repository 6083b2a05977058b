import type { OAuthContext } from "./context";
import { InvalidScopeError, InvalidTargetError } from "./errors";
import { openidScopes } from "./openid/claims";
import { findOtherSpelling, isSameResource } from "./resource-identifier";
import type { Api } from "./types";

/** More than this in one request is no use and some cost. */
const maximumResources = 20;

/** RFC 8707 §2: an absolute URI without a fragment. */
export function isResourceIndicator(value: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:[^\s\p{Cc}\p{Cs}#"<>\\^`{|}]+$/iu.test(value) && value.length <= 2000 && URL.canParse(value)
  );
}

/**
 * The APIs that a request names, each registered here, by the identifier that it is registered with. Throws `invalid_target`
 * on any other.
 */
export async function resolveResources(context: OAuthContext, requested: readonly string[]): Promise<Api[]> {
  const identifiers = [...new Set(requested)];
  if (identifiers.length === 0) return [];
  if (identifiers.length > maximumResources || !identifiers.every(isResourceIndicator)) throw new InvalidTargetError();
  const known = await context.stores.apis.find(
    identifiers.flatMap((identifier) => [identifier, findOtherSpelling(identifier) ?? identifier]),
  );
  const named = identifiers.map((identifier) => {
    const candidates = known.filter((api) => isSameResource(api.identifier, identifier));
    const api = candidates.find((candidate) => candidate.identifier === identifier) ?? candidates[0];
    if (!api) throw new InvalidTargetError();
    return api;
  });
  return [...new Map(named.map((api) => [api.id, api])).values()];
}

/**
 * The APIs that a token is for: of those that were granted the ones the request names, or else all of them. What was not
 * granted can't be had, at the token endpoint as little as at refresh (RFC 8707 §2.2).
 */
export async function narrowResources(
  context: OAuthContext,
  granted: readonly string[],
  requested: readonly string[],
): Promise<Api[]> {
  const isGranted = (identifier: string) => granted.some((other) => isSameResource(other, identifier));
  if (!requested.every(isGranted)) throw new InvalidTargetError();
  return resolveResources(context, requested.length > 0 ? requested : granted);
}

/**
 * What is asked of a person with a request for these APIs: beside the scopes that mean something to one of them those of
 * OpenID, which are about the ID token and no access token. Throws `invalid_scope` as `restrictScopes` does.
 */
export function restrictRequest(apis: readonly Api[], scopes: readonly string[]): string[] {
  const understood = restrictScopes(apis, scopes);
  return scopes.filter((scope) => understood.includes(scope) || openidScopes.includes(scope));
}

/** Those of the scopes that mean something to one of the APIs; all where none is named. Throws `invalid_scope` if nothing is left. */
export function restrictScopes(apis: readonly Api[], scopes: readonly string[]): string[] {
  if (apis.length === 0) return [...scopes];
  const understood = scopes.filter((scope) => apis.some((api) => api.scopes.includes(scope)));
  if (understood.length === 0) throw new InvalidScopeError("No requested scope means anything to the resource.");
  return understood;
}
