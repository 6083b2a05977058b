import type { OAuthContext } from "../context";
import { restrictScopes } from "../resource-indicators";
import type { AuthorizationCodeStore } from "../store";
import type { Api, Client, TokenFamily } from "../types";
import { type IssuedTokens, makeAccessToken, makeFamily, makeRefreshToken, type TokenBinding } from "./issue";

/** What a person has granted by an authorization code or a device code. */
export interface Granted extends Pick<TokenFamily, "userId" | "sessionId" | "codeHash" | "resources"> {
  scopes: readonly string[];
}

/**
 * The first tokens of a grant: a family, an access token for `apis` and, where the client may refresh, a refresh token.
 * `redeem` consumes the code and stores them, all or nothing; null where the code was used up at this very moment.
 */
export async function beginFamily(
  context: OAuthContext,
  client: Client,
  granted: Granted,
  { apis, binding }: { apis: readonly Api[]; binding: TokenBinding },
  redeem: AuthorizationCodeStore["redeem"],
): Promise<IssuedTokens | null> {
  const createdAt = context.now();
  const family = makeFamily(context, client, granted, binding, createdAt);
  const scopes = restrictScopes(apis, granted.scopes);
  const access = await makeAccessToken(context, { client, family, scopes, apis, binding }, createdAt);
  const refresh = client.grantTypes.includes("refresh_token")
    ? makeRefreshToken(context, { familyId: family.id, scopes: granted.scopes }, family.expiresAt, createdAt)
    : null;
  const issued = { family, accessToken: access.record, refreshToken: refresh?.record ?? null };
  if (!(await redeem(granted.codeHash, issued))) return null;
  return {
    accessToken: access.token,
    expiresIn: access.expiresIn,
    scopes,
    refreshToken: refresh?.token ?? null,
    dpopJkt: binding.dpopJkt,
  };
}
