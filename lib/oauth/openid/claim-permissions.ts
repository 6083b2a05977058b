import type { ClaimsRequest } from "../wire/claims-request";
import { claimsOfScopes, type UserClaim, userClaims } from "./claims";

const scopeOfClaim = new Map<UserClaim, string>(
  Object.entries(claimsOfScopes).flatMap(([scope, names]) => names.map((name): [UserClaim, string] => [name, scope])),
);

type Members = NonNullable<ClaimsRequest["userinfo"]>;

/**
 * What a client may have of the claims that it asks for by name (OpenID Connect Core §5.5): those covered by a scope
 * that it may request. The rest is left out, essential or not (§5.5.1): no error, and no question to the user. Null if
 * nothing is left.
 */
export function keepPermittedClaims(
  requested: ClaimsRequest | null,
  permittedScopes: ReadonlySet<string>,
): ClaimsRequest | null {
  const [userinfo, idToken] = [requested?.userinfo, requested?.id_token].map((members) =>
    keep(members, permittedScopes),
  );
  if (!userinfo && !idToken) return null;
  return { ...(userinfo && { userinfo }), ...(idToken && { id_token: idToken }) };
}

function keep(members: Members | undefined, permittedScopes: ReadonlySet<string>): Members | null {
  const kept = listRequested(members).filter((name) => permittedScopes.has(scopeOfClaim.get(name) ?? ""));
  return kept.length === 0 ? null : Object.fromEntries(kept.map((name) => [name, members?.[name] ?? null]));
}

/** The scopes that cover the claims requested by name (§5.4). */
export function listScopesOfClaims(requested: ClaimsRequest | null): string[] {
  const names = [requested?.userinfo, requested?.id_token].flatMap(listRequested);
  return Object.keys(claimsOfScopes).filter((scope) => names.some((name) => scopeOfClaim.get(name) === scope));
}

function listRequested(members: Members | undefined): UserClaim[] {
  return userClaims.filter((name) => Object.hasOwn(members ?? {}, name));
}
