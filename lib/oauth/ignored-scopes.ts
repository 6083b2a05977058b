import type { Client } from "./client";
import { claimsOfScopes } from "./openid/claims";
import { formatScope, listAllowedScopes, narrowScopes, parseScope, resolveScopes, type ScopeHolder } from "./scope";
import type { Scope } from "./types";

/** Those that ask for nothing but claims about the user (OpenID Connect Core §5.4). */
const identityScopes: readonly string[] = Object.keys(claimsOfScopes);

/**
 * What an OpenID request asks for in earnest. Clients that are made for many servers send one list to all of them, so a
 * name that this server doesn't know is ignored (OpenID Connect Core §3.1.2.1: "SHOULD be ignored"), and so is a scope
 * that is about claims alone and that the client may not have, as a claim by name would be (§5.5.1). Any other scope that
 * isn't `allowed` stays, for `invalid_scope` to name it. A request without `openid` is none of OpenID, and keeps all.
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

/** `resolveScopes` for a request on a user's behalf, which may be one of OpenID. */
export function resolveUserScopes(client: Client, known: readonly Scope[], requested: string | undefined): string[] {
  if (requested === undefined) return resolveScopes(client, known, undefined);
  const names = leaveOutIgnored(parseScope(requested), known, listAllowedScopes(client, known));
  return resolveScopes(client, known, formatScope(names));
}

/** `narrowScopes` for a client that sends its first list again: what was ignored then is ignored now. */
export function narrowUserScopes(
  client: ScopeHolder,
  known: readonly Scope[],
  { granted, requested }: { granted: readonly string[]; requested: string },
): string[] {
  const allowed = new Set([...listAllowedScopes(client, known), ...granted]);
  return narrowScopes(granted, formatScope(leaveOutIgnored(parseScope(requested), known, allowed)));
}
