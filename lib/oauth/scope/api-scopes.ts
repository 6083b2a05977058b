import type { Client } from "../ports/client";
import type { Api, Scope } from "../ports/types";
import { isUnderstood } from "./resource-indicators";
import { formatScope, isScopeAllowed } from "./scope";

/**
 * The scope that a request asks for. At an API, one that names none asks for all that the API understands and anyone may
 * have: the client has said what it wants by naming the `resource`, and clients that find their server by its metadata
 * know no scopes (RFC 6749 §3.3 leaves the default to the server, RFC 9728 §2 lets a resource name none). A restricted
 * scope has to be asked for by its name. Undefined: the server's default.
 */
export function findRequestedScope(
  sent: string | undefined,
  { client, known, apis }: { client: Client; known: readonly Scope[]; apis: readonly Api[] },
): string | undefined {
  if (sent !== undefined || apis.length === 0) return sent;
  const names = known
    .filter((scope) => !scope.isRestricted && isScopeAllowed(client, scope))
    .map(({ name }) => name)
    .filter((name) => isUnderstood(apis, name));
  return names.length > 0 ? formatScope(names) : undefined;
}
