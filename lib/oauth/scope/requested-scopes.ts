import type { Client } from "../ports/client";
import type { Api, Scope } from "../ports/types";
import { InvalidScopeError } from "../wire/errors";
import { leaveOutIgnored } from "./ignored-scopes";
import { isScopeAllowed, listAllowedScopes, parseScope } from "./scope";

export interface ScopeRequest {
  client: Client;
  known: readonly Scope[];
  /** The APIs that the request names by `resource` (RFC 8707 §2). */
  apis: readonly Api[];
  /** The `scope` parameter. */
  requested: string | undefined;
}

/** The scopes that a request asks for, all of them known and allowed to the client. */
export function resolveScopes(request: ScopeRequest): string[] {
  const { client, known, requested } = request;
  return requested === undefined
    ? listDefaultScopes(request)
    : requireAllowed(parseScope(requested), listAllowedScopes(client, known));
}

/** `resolveScopes` for a request on a user's behalf, which may be one of OpenID. */
export function resolveUserScopes(request: ScopeRequest): string[] {
  const { client, known, requested } = request;
  if (requested === undefined) return listDefaultScopes(request);
  const allowed = listAllowedScopes(client, known);
  return requireAllowed(leaveOutIgnored(parseScope(requested), known, allowed), allowed);
}

function requireAllowed(names: string[], allowed: ReadonlySet<string>): string[] {
  if (!names.every((name) => allowed.has(name))) throw new InvalidScopeError();
  return names;
}

/**
 * The scopes of a request that names none, which the server decides (RFC 6749 §3.3): the default scopes, or those of
 * the APIs that it names.
 */
function listDefaultScopes({ client, known, apis }: Omit<ScopeRequest, "requested">): string[] {
  const allowed = known.filter((scope) => isScopeAllowed(client, scope));
  const chosen =
    apis.length === 0
      ? allowed.filter(({ isDefault }) => isDefault)
      : apis.flatMap((api) => findScopesOfApi(api, client, allowed));
  if (chosen.length === 0) throw refuseUnnamed(apis, allowed);
  return allowed.filter((scope) => chosen.includes(scope)).map(({ name }) => name);
}

/** A restricted scope, or one that isn't a default, can still be named; if there is none, naming others won't help. */
function refuseUnnamed(apis: readonly Api[], allowed: readonly Scope[]): InvalidScopeError {
  const canNameOne = apis.length === 0 || allowed.some(({ name }) => apis.some((api) => api.scopes.includes(name)));
  return new InvalidScopeError(
    canNameOne ? "The request must name a scope." : "This client may use no scope of the resource.",
  );
}

/**
 * The default scopes that the API understands. If it understands none, all of its scopes that aren't restricted: the
 * client has said what it wants by naming the API, and clients that find it by its metadata know no scopes (RFC 9728 §2
 * lets a resource name none). What is on the client's own list comes first: one that registered itself may have more by
 * asking for it, and gets no more unasked than it registered for, unless the API understands none of that (RFC 7591
 * §2).
 */
function findScopesOfApi(api: Api, { allowedScopes }: Client, allowed: readonly Scope[]): readonly Scope[] {
  const understood = allowed.filter(
    ({ name, isDefault, isRestricted }) => api.scopes.includes(name) && (isDefault || !isRestricted),
  );
  const listed = preferSome(understood, ({ name }) => allowedScopes.includes(name));
  return preferSome(listed, ({ isDefault }) => isDefault);
}

/** Those that fit; all if none does. */
function preferSome<T>(items: readonly T[], fits: (item: T) => boolean): readonly T[] {
  const fitting = items.filter(fits);
  return fitting.length > 0 ? fitting : items;
}
