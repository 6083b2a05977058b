import type { StandardClaims } from "../ports/standard-claims";
import type { ClaimsRequest } from "../wire/claims-request";

export type StandardClaim = keyof StandardClaims;

/** The claims of each scope (OpenID Connect Core §5.4). */
export const claimsOfScopes: Readonly<Record<string, readonly StandardClaim[]>> = {
  profile: [
    "name",
    "family_name",
    "given_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "updated_at",
  ],
  email: ["email", "email_verified"],
  address: ["address"],
  phone: ["phone_number", "phone_number_verified"],
};

/** OpenID Connect Core §3.1.2.1, §5.4, §11. */
export const openidScopes: readonly string[] = ["openid", ...Object.keys(claimsOfScopes), "offline_access"];

/** Every claim about a user that this server supports, except `sub`. */
export const standardClaims: readonly StandardClaim[] = Object.values(claimsOfScopes).flat();

export function listClaimsOfScopes(scopes: readonly string[]): StandardClaim[] {
  return scopes.flatMap((scope) => (Object.hasOwn(claimsOfScopes, scope) ? (claimsOfScopes[scope] ?? []) : []));
}

/**
 * What an application learns about a user: the claims of the granted scopes and those requested by name (OpenID Connect
 * Core §5.5). Whether a claim was requested as essential or with a value changes nothing: it is returned as it is, or
 * left out if unknown (§5.5.1).
 */
export function selectClaims(
  person: StandardClaims,
  wanted: { scopes: readonly string[]; requested: ClaimsRequest["userinfo"] },
): StandardClaims {
  const byScope = new Set(listClaimsOfScopes(wanted.scopes));
  const requested = wanted.requested ?? {};
  const selected = standardClaims.filter((name) => byScope.has(name) || Object.hasOwn(requested, name));
  return Object.fromEntries(
    selected.flatMap((name) => (person[name] === undefined ? [] : [[name, person[name]]])),
  ) as StandardClaims;
}
