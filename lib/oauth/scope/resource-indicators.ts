import { openidScopes } from "../openid/claims";
import type { OAuthContext } from "../ports/context";
import type { Api } from "../ports/types";
import { InvalidScopeError, InvalidTargetError } from "../wire/errors";
import { isUrl } from "../wire/is-url";
import { findOtherSpelling, isSameResource } from "./resource-identifier";

/** More than this in one request has no use, only a cost. */
const maximumResources = 20;

/** RFC 8707 §2: an absolute URI without a fragment. */
export function isResourceIndicator(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s\p{Cc}\p{Cs}#"<>\\^`{|}]+$/iu.test(value) && value.length <= 2000 && isUrl(value);
}

/**
 * The APIs that a request names, found by their registered identifiers.
 * @throws InvalidTargetError if one isn't registered
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
 * The APIs of a token: of the granted ones those that the request names, or else all of them. What wasn't granted isn't
 * available, at the token endpoint or at refresh (RFC 8707 §2.2). A grant is for APIs as they are registered, so
 * another spelling of a granted one never leads to a different API here.
 */
export async function narrowResources(
  context: OAuthContext,
  granted: readonly string[],
  requested: readonly string[],
): Promise<Api[]> {
  const wanted = requested.length > 0 ? [...new Set(requested.map((name) => findGranted(granted, name)))] : granted;
  if (wanted.length === 0) return [];
  const known = await context.stores.apis.find(wanted);
  return wanted.map((identifier) => {
    const api = known.find((candidate) => candidate.identifier === identifier);
    if (!api) throw new InvalidTargetError();
    return api;
  });
}

function findGranted(granted: readonly string[], name: string): string {
  const identifier = granted.includes(name) ? name : granted.find((other) => isSameResource(other, name));
  if (identifier === undefined) throw new InvalidTargetError();
  return identifier;
}

/**
 * The scopes to ask a user about with a request for these APIs: those that one of them has, plus those of OpenID, which
 * concern the ID token and not an access token.
 * @throws InvalidScopeError like `restrictScopes`
 */
export function restrictRequest(apis: readonly Api[], scopes: readonly string[]): string[] {
  const understood = restrictScopes(apis, scopes);
  return scopes.filter((scope) => understood.includes(scope) || openidScopes.includes(scope));
}

/**
 * The scopes that one of the APIs has; all of them if no API is named.
 * @throws InvalidScopeError if none is left
 */
export function restrictScopes(apis: readonly Api[], scopes: readonly string[]): string[] {
  if (apis.length === 0) return [...scopes];
  const understood = scopes.filter((scope) => isUnderstood(apis, scope));
  if (understood.length === 0) throw new InvalidScopeError("No requested scope means anything to the resource.");
  return understood;
}

/** Whether the scope means something to one of the APIs. */
export function isUnderstood(apis: readonly Api[], scope: string): boolean {
  return apis.some(({ scopes }) => scopes.includes(scope));
}
