import { endpointUri } from "../../endpoints";
import { openidScopes } from "../../openid/claims";
import type { Client } from "../../ports/client";
import type { OAuthContext } from "../../ports/context";
import type { Api } from "../../ports/types";
import { restrictScopes } from "../../scope/resource-indicators";

/** What an access token is for, and what it allows there. */
export interface AccessTokenTarget {
  /** RFC 8707; empty: no particular API. */
  apis: readonly Api[];
  /** The `aud`: the APIs and, with the scope openid for a default API, userinfo. */
  audience: readonly string[];
  scopes: readonly string[];
}

/** Userinfo's identifier in the audience of tokens. */
function toUserinfoResource({ issuer }: Pick<OAuthContext, "issuer">): string {
  return endpointUri(issuer, "userinfo");
}

/**
 * What a token is for: the APIs that the grant or the request names, or else the default API of the client (RFC 9068
 * §3: a request without `resource` gets the default one in `aud`). A client with a default API doesn't know that its
 * tokens have an audience, so with the scope openid userinfo is in it too. A request whose scopes mean nothing to
 * either gets a token for no particular API.
 *
 * @throws InvalidScopeError if no scope means anything to the named APIs
 */
export async function findTokenTarget(
  context: OAuthContext,
  client: Pick<Client, "defaultApi">,
  { apis, scopes, isForUser }: { apis: readonly Api[]; scopes: readonly string[]; isForUser: boolean },
): Promise<AccessTokenTarget> {
  if (apis.length > 0 || client.defaultApi === null) {
    return { apis, audience: apis.map(({ identifier }) => identifier), scopes: restrictScopes(apis, scopes) };
  }
  const [api] = await context.stores.apis.find([client.defaultApi]);
  const opensUserinfo = isForUser && scopes.includes("openid");
  const understood = scopes.filter(
    (name) => api?.scopes.includes(name) || (opensUserinfo && openidScopes.includes(name)),
  );
  if (!api || understood.length === 0) return { apis: [], audience: [], scopes: [...scopes] };
  const audience = [api.identifier, ...(opensUserinfo ? [toUserinfoResource(context)] : [])];
  return { apis: [api], audience, scopes: understood };
}
