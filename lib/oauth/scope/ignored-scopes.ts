import { claimsOfScopes, openidScopes } from "../openid/claims";
import type { Api, Scope } from "../ports/types";
import { isUnderstood } from "./resource-indicators";
import { formatScope, listAllowedScopes, narrowScopes, parseScope, type ScopeHolder } from "./scope";

/** Those that ask for nothing but claims about the user (OpenID Connect Core §5.4). */
const identityScopes: readonly string[] = Object.keys(claimsOfScopes);

/**
 * The scopes of an OpenID request that count. Clients that are made for many servers send one list to all of them, so a
 * name that this server doesn't know is ignored (OpenID Connect Core §3.1.2.1: "SHOULD be ignored"), and so is a scope
 * that is about claims alone and that the client may not have, as a claim by name would be (§5.5.1). Any other scope
 * that isn't `allowed` stays, for `invalid_scope` to name it. A request without `openid` is none of OpenID, and keeps
 * all.
 */
export function leaveOutIgnored(
  names: readonly string[],
  known: readonly Pick<Scope, "name">[],
  allowed: ReadonlySet<string>,
): string[] {
  if (!names.includes("openid") || !allowed.has("openid")) return [...names];
  const understood = new Set(known.map(({ name }) => name).filter((name) => !identityScopes.includes(name)));
  return names.filter((name) => allowed.has(name) || understood.has(name));
}

/** A stored request under the current rules: what is ignored by now is neither shown to the user nor remembered. */
export function withoutIgnoredScopes<T extends { scopes: readonly string[] }>(
  request: T,
  client: ScopeHolder,
  known: readonly Scope[],
): T {
  return { ...request, scopes: leaveOutIgnored(request.scopes, known, listAllowedScopes(client, known)) };
}

/**
 * `narrowScopes` for a client that sends its first list again (RFC 6749 §6): what was left out then is left out now, be
 * it ignored or without a meaning to the `apis` of the grant. Those names aren't stored, so a scope for claims that
 * wasn't granted is left out too, even if it has been allowed since. The answer never contains anything that wasn't
 * granted.
 */
export function narrowUserScopes(
  client: ScopeHolder,
  known: readonly Scope[],
  { granted, requested, apis = [] }: { granted: readonly string[]; requested: string; apis?: readonly Api[] },
): string[] {
  const others = [...listAllowedScopes(client, known)].filter((name) => !identityScopes.includes(name));
  const names = leaveOutIgnored(parseScope(requested), known, new Set([...others, ...granted]));
  const meant = names.filter(
    (name) => apis.length === 0 || granted.includes(name) || openidScopes.includes(name) || isUnderstood(apis, name),
  );
  return narrowScopes(granted, formatScope(meant));
}
