import type { Client } from "../ports/client";
import type { Scope } from "../ports/types";
import { InvalidScopeError } from "../wire/errors";

/** RFC 6749 Appendix A.4: `NQCHAR`. */
export const scopeTokenPattern = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Lets an application ask this server about every access token that is for no API in particular, by its own credentials
 * or by an access token with this scope (RFC 7662 §2.1, §4), which is why it can be neither deleted nor given to
 * everyone.
 */
export const introspectionScope = "introspection";

/**
 * Splits a `scope` parameter; duplicates are dropped, order is kept.
 * @throws InvalidScopeError on characters outside RFC 6749 §3.3
 */
export function parseScope(value: string): string[] {
  const names = value.split(" ").filter((name) => name !== "");
  if (names.length === 0 || !names.every((name) => scopeTokenPattern.test(name))) throw new InvalidScopeError();
  return [...new Set(names)];
}

export function formatScope(scopes: readonly string[]): string {
  return scopes.join(" ");
}

/** What decides which scopes a client may be granted. */
export type ScopeHolder = Pick<Client, "allowedScopes" | "registeredDynamically">;

/**
 * Whether the client may be granted the scope. A self-registered client isn't limited to the scopes that it named: it
 * could simply register again, and it learns of a scope when an API asks for it (RFC 6750 §3).
 */
export function isScopeAllowed({ allowedScopes, registeredDynamically }: ScopeHolder, scope: Scope): boolean {
  if (allowedScopes.includes(scope.name)) return true;
  return (allowedScopes.length === 0 || registeredDynamically) && !scope.isRestricted;
}

/** The names of the scopes that the client may be granted. */
export function listAllowedScopes(client: ScopeHolder, known: readonly Scope[]): Set<string> {
  return new Set(known.filter((scope) => isScopeAllowed(client, scope)).map(({ name }) => name));
}

/** At refresh, scopes may be narrowed but never widened (RFC 6749 §6). */
export function narrowScopes(granted: readonly string[], requested: string | undefined): string[] {
  if (requested === undefined) return [...granted];
  const names = parseScope(requested);
  if (!names.every((name) => granted.includes(name))) throw new InvalidScopeError();
  return names;
}

export function includesScopes(granted: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((name) => granted.includes(name));
}
