import { checkResource } from "../checks/resource";
import type { OAuthContext } from "../context";
import { digest } from "../digest";
import { InvalidGrantError, InvalidRequestError } from "../errors";
import type { Parameters } from "../parameters";
import { narrowScopes } from "../scope";
import type { FoundRefreshToken } from "../store";
import type { Client } from "../types";
import { type IssuedTokens, makeAccessToken, makeRefreshToken } from "./issue";

/**
 * RFC 6749 §6 with rotation (RFC 9700 §4.14.2): each refresh token is exchanged once, and one that comes back ends its
 * family, because the thief and the client can't be told apart.
 */
export async function exchangeRefreshToken(
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
): Promise<IssuedTokens> {
  const refreshToken = parameters.get("refresh_token");
  if (refreshToken === undefined) throw new InvalidRequestError("The parameter refresh_token is missing.");
  checkResource(parameters);
  const found = await context.stores.tokens.findRefreshToken(digest(refreshToken));
  if (!found) throw new InvalidGrantError("unknown refresh token");
  if (found.applicationId !== client.id) throw new InvalidGrantError("refresh token of another client");
  if (found.familyRevokedAt) throw new InvalidGrantError("revoked family");
  if (found.rotatedAt) return refuseReplay(context, found);
  const now = context.now();
  if (found.expiresAt <= now || found.familyExpiresAt <= now) throw new InvalidGrantError("expired refresh token");
  if (found.userDisabled) throw new InvalidGrantError("disabled user");
  const scopes = narrowScopes(found.scopes, parameters.get("scope"));
  return rotate(context, found, scopes, now);
}

async function rotate(
  context: OAuthContext,
  found: FoundRefreshToken,
  scopes: string[],
  now: Date,
): Promise<IssuedTokens> {
  const { applicationId, userId, familyId, familyExpiresAt } = found;
  const access = makeAccessToken(context, { applicationId, userId, familyId, scopes }, now);
  const refresh = makeRefreshToken(context, { familyId, scopes }, familyExpiresAt, now);
  const successors = { accessToken: access.record, refreshToken: refresh.record };
  if (!(await context.stores.tokens.rotate(found.tokenHash, successors))) return refuseReplay(context, found);
  return {
    accessToken: access.token,
    expiresIn: context.lifetimes.accessToken,
    scopes,
    refreshToken: refresh.token,
  };
}

async function refuseReplay(context: OAuthContext, found: FoundRefreshToken): Promise<never> {
  const at = context.now();
  if (await context.stores.tokens.revokeFamily(found.familyId, at, "refresh_token_replayed")) {
    await context.stores.audit.record({
      type: "refresh_token.replayed",
      at,
      userId: found.userId,
      applicationId: found.applicationId,
    });
  }
  throw new InvalidGrantError("replayed refresh token");
}
