import { signIdToken } from "../../openid/id-token";
import type { AuthorizationCodeStore } from "../../ports/authorization-stores";
import type { Client } from "../../ports/client";
import type { OAuthContext } from "../../ports/context";
import type { Api } from "../../ports/types";
import { findTokenTarget } from "./access-token-target";
import {
  type AuthorizationGrant,
  createAccessToken,
  createRefreshToken,
  createTokenFamily,
  type IssuedTokens,
  type TokenBinding,
} from "./issue";

/**
 * The first tokens of a grant: a family, an access token for `apis` and, if the client may refresh, a refresh token.
 * `redeem` consumes the code and stores them, all or nothing; null if the code has just been used up.
 */
export async function issueInitialTokens(
  context: OAuthContext,
  client: Client,
  granted: AuthorizationGrant,
  { apis, binding }: { apis: readonly Api[]; binding: TokenBinding },
  redeem: AuthorizationCodeStore["redeem"],
): Promise<IssuedTokens | null> {
  const createdAt = context.now();
  const joinsSession = granted.scopes.includes("openid");
  const family = createTokenFamily(context, client, granted, binding, createdAt);
  const grant = { ...family, granted: granted.scopes };
  const target = await findTokenTarget(context, client, { apis, scopes: granted.scopes, isForUser: true });
  const access = await createAccessToken(context, { client, family: grant, ...target, binding }, createdAt);
  const refresh = client.grantTypes.includes("refresh_token")
    ? createRefreshToken(context, { familyId: family.id, scopes: granted.scopes }, family.expiresAt, createdAt)
    : null;
  const issued = {
    family,
    accessToken: access.record,
    refreshToken: refresh?.record ?? null,
    joinsSession,
  };
  // Signed before the code is used up: a signature that fails costs nothing.
  const authentication = { ...granted, accessToken: access.token };
  const idToken = joinsSession ? await signIdToken(context, client, authentication, createdAt) : null;
  if (!(await redeem(granted.codeHash, issued))) return null;
  return {
    accessToken: access.token,
    expiresIn: access.expiresIn,
    scopes: target.scopes,
    refreshToken: refresh?.token ?? null,
    idToken,
    dpopJkt: binding.dpopJkt,
  };
}
