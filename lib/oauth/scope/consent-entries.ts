import { listScopesOfClaims } from "../openid/claim-permissions";
import type { AuthorizationRequest } from "../ports/types";

/**
 * The scopes that a user is asked to allow: those requested, and those covering the claims requested by name, which
 * give away as much (OpenID Connect Core §3.1.2.4, §5.5). Tokens carry the requested ones only.
 */
export function listConsentScopes({ scopes, claims }: Pick<AuthorizationRequest, "scopes" | "claims">): string[] {
  return [...new Set([...scopes, ...listScopesOfClaims(claims)])];
}

/**
 * Everything that consent has to cover before a request is granted: the one set that is shown, remembered and checked.
 */
export function listPermissions(asked: Pick<AuthorizationRequest, "scopes" | "claims" | "resources">): string[] {
  return toConsentEntries(listConsentScopes(asked), asked.resources);
}

/**
 * How a user's consent is stored. A scope that was requested without an API is stored by its name; one for certain APIs
 * only as `scope identifier`, once for each: what was allowed at one API is allowed neither at another nor everywhere
 * (RFC 8707 §3). Neither part can contain a space.
 */
export function toConsentEntries(scopes: readonly string[], resources: readonly string[]): string[] {
  if (resources.length === 0) return [...scopes];
  return scopes.flatMap((scope) => resources.map((identifier) => `${scope} ${identifier}`));
}

/** The scope that a remembered permission is about. */
export function scopeOfPermission(permission: string): string {
  return permission.split(" ", 1)[0] ?? permission;
}
