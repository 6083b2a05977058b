import type { StandardClaims } from "../ports/standard-claims";
import type { ClaimsRequest } from "../wire/claims-request";

/** What can be said of a person, `sub` aside. */
export interface UserClaims extends StandardClaims {
  /** The names of their groups (RFC 9068 §2.2.3.1). */
  groups?: readonly string[];
}

export type UserClaim = keyof UserClaims;

/** The claims of each scope (OpenID Connect Core §5.4; `groups` is this server's own). */
export const claimsOfScopes: Readonly<Record<string, readonly UserClaim[]>> = {
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
  groups: ["groups"],
};

/** OpenID Connect Core §3.1.2.1, §5.4, §11. */
export const openidScopes: readonly string[] = ["openid", ...Object.keys(claimsOfScopes), "offline_access"];

/** Every claim about a user that this server supports, except `sub`. */
export const userClaims: readonly UserClaim[] = Object.values(claimsOfScopes).flat();

export function listClaimsOfScopes(scopes: readonly string[]): UserClaim[] {
  return scopes.flatMap((scope) => (Object.hasOwn(claimsOfScopes, scope) ? (claimsOfScopes[scope] ?? []) : []));
}

/** What an application asks for: by scopes, and by name (§5.5). */
export interface WantedClaims {
  scopes: readonly string[];
  requested: ClaimsRequest["userinfo"];
}

/**
 * The claims that an application learns about a user: those of the granted scopes and those requested by name (OpenID
 * Connect Core §5.5). Whether a claim was requested as essential or with a value changes nothing: it is returned as it
 * is, or left out if unknown (§5.5.1).
 */
export function listWanted({ scopes, requested }: WantedClaims): UserClaim[] {
  const byScope = new Set(listClaimsOfScopes(scopes));
  return userClaims.filter((name) => byScope.has(name) || Object.hasOwn(requested ?? {}, name));
}

/** What is known of them. */
export function selectClaims(person: StandardClaims, wanted: WantedClaims): StandardClaims {
  const known: Readonly<Record<string, unknown>> = { ...person };
  return Object.fromEntries(
    listWanted(wanted).flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])),
  );
}
