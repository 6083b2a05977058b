import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { FoundAccessToken } from "../ports/store";
import { introspectionScope } from "../scope/scope";
import type { PresentedToken } from "./presented-token";

/**
 * The token as this caller may see it; null if they may not (RFC 7662 §2.2, §4). A client sees the tokens that were
 * issued to it, a resource server what is meant for its own APIs. An access token that is meant for no API in
 * particular is also seen by clients that an administrator has allowed to introspect: any resource server may receive
 * it. A refresh token is meant for this server alone, and a resource server that learned that it is active might accept
 * it as an access token.
 */
export async function limitToCaller(
  context: OAuthContext,
  client: Client,
  presented: PresentedToken,
): Promise<PresentedToken | null> {
  if (presented.token.applicationId === client.id) return presented;
  if (presented.kind === "refresh_token") return null;
  // Always restricted, so that only an administrator can add it to the list.
  if (presented.token.audience.length === 0)
    return client.allowedScopes.includes(introspectionScope) ? presented : null;
  const token = await limitToServedApis(context, client, presented.token);
  return token && { kind: "access_token", token };
}

/**
 * A token for several APIs has to be checkable at each of them, so a part of the audience suffices. But each learns
 * only its own part, scopes included: RFC 7662 §2.2 allows keeping "the larger network" from it, and RFC 9701 §5 wants
 * no data to reach anyone it isn't meant for.
 */
async function limitToServedApis(
  context: OAuthContext,
  client: Client,
  token: FoundAccessToken,
): Promise<FoundAccessToken | null> {
  const { apis } = context.stores;
  const isServed = await Promise.all(
    token.audience.map((identifier) => apis.isResourceServer(client.id, [identifier])),
  );
  const audience = token.audience.filter((_, index) => isServed[index]);
  if (audience.length === 0) return null;
  if (audience.length === token.audience.length) return token;
  const served = await apis.find(audience);
  const scopes = token.scopes.filter((scope) => served.some((api) => api.scopes.includes(scope)));
  return { ...token, audience, scopes };
}
