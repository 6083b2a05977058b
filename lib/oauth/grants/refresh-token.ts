import { addSeconds, type OAuthContext } from "../context";
import { digest } from "../digest";
import { InvalidDpopProofError, InvalidGrantError, InvalidRequestError } from "../errors";
import type { Parameters } from "../parameters";
import { narrowResources, restrictScopes } from "../resource-indicators";
import { narrowScopes } from "../scope";
import type { FoundRefreshToken } from "../store";
import type { Client } from "../types";
import { type IssuedTokens, makeAccessToken, makeRefreshToken, type TokenBinding } from "./issue";
import { openSuccessor, type Successor, sealSuccessor } from "./sealed-successor";

/** A refresh token that was presented, with all that its exchange looks at. */
interface Refresh {
  token: string;
  found: FoundRefreshToken;
  client: Client;
  binding: TokenBinding;
}

/**
 * RFC 6749 §6 with rotation (RFC 9700 §4.14.2): each refresh token is exchanged once. One that comes back within the grace
 * period, from its own client, gets the answer that was lost; any other that comes back ends its family, because the
 * thief and the client can't be told apart (docs/adr/0013).
 */
export async function exchangeRefreshToken(
  context: OAuthContext,
  client: Client,
  parameters: Parameters,
  binding: TokenBinding,
): Promise<IssuedTokens> {
  const token = parameters.get("refresh_token");
  if (token === undefined) throw new InvalidRequestError("The parameter refresh_token is missing.");
  const found = await context.stores.tokens.findRefreshToken(digest(token));
  if (!found) throw new InvalidGrantError("unknown refresh token");
  // Whoever shows another client's token has stolen it, or was given it by a thief.
  if (found.applicationId !== client.id) return endFamily(context, found, "refresh token of another client");
  const refresh = { token, found, client, binding };
  checkUsable(context, refresh);
  if (found.rotatedAt) return repeatAnswer(context, refresh);
  const now = context.now();
  if (found.expiresAt <= now) throw new InvalidGrantError("expired refresh token");
  return rotate(context, refresh, parameters, now);
}

function checkUsable(context: OAuthContext, { found, binding }: Refresh): void {
  if (found.familyRevokedAt) throw new InvalidGrantError("revoked family");
  if (found.familyExpiresAt <= context.now()) throw new InvalidGrantError("expired family");
  if (found.userDisabled) throw new InvalidGrantError("disabled user");
  // RFC 9449 §5: a public client's token is good only with the key it was issued for.
  if (found.dpopJkt === null || found.dpopJkt === binding.dpopJkt) return;
  if (binding.dpopJkt === null) throw new InvalidDpopProofError("no proof for a bound refresh token");
  throw new InvalidGrantError("refresh token of another key");
}

async function rotate(
  context: OAuthContext,
  { token, found, client, binding }: Refresh,
  parameters: Parameters,
  now: Date,
): Promise<IssuedTokens> {
  const granted = narrowScopes(found.scopes, parameters.get("scope"));
  const apis = await narrowResources(context, found.resources, parameters.getAll("resource"));
  const scopes = restrictScopes(apis, granted);
  const family = { id: found.familyId, userId: found.userId, expiresAt: found.familyExpiresAt };
  const access = await makeAccessToken(context, { client, family, scopes, apis, binding }, now);
  const refresh = makeRefreshToken(context, { familyId: family.id, scopes: granted }, family.expiresAt, now);
  const successor: Successor = {
    accessToken: access.token,
    refreshToken: refresh.token,
    scopes,
    expiresAt: access.record.expiresAt,
    dpopJkt: binding.dpopJkt,
  };
  const grace = context.lifetimes.refreshTokenGrace;
  const rotated = await context.stores.tokens.rotate(found.tokenHash, {
    accessToken: access.record,
    refreshToken: refresh.record,
    sealed: grace > 0 ? { text: sealSuccessor(token, successor), expiresAt: addSeconds(now, grace) } : null,
  });
  if (rotated) return toIssuedTokens(successor, now);
  // A parallel request was first, or the family ended just now.
  const again = await context.stores.tokens.findRefreshToken(found.tokenHash);
  if (!again) throw new InvalidGrantError("vanished refresh token");
  const refound = { token, found: again, client, binding };
  checkUsable(context, refound);
  return repeatAnswer(context, refound);
}

/**
 * The answer that the client may have lost, if this is still the time for it and nothing has come of it yet: once the
 * successor has been exchanged itself, the client must have had it.
 */
async function repeatAnswer(context: OAuthContext, { token, found, binding }: Refresh): Promise<IssuedTokens> {
  const now = context.now();
  const isWithinGrace =
    found.rotatedAt !== null && addSeconds(found.rotatedAt, context.lifetimes.refreshTokenGrace) > now;
  if (!isWithinGrace || found.sealedSuccessor === null) return endFamily(context, found, "replayed refresh token");
  const successor = openSuccessor(token, found.sealedSuccessor);
  if (successor.dpopJkt !== binding.dpopJkt) return endFamily(context, found, "replayed with another key");
  const next = await context.stores.tokens.findRefreshToken(digest(successor.refreshToken));
  if (!next || next.rotatedAt) return endFamily(context, found, "replayed after its successor was used");
  if (next.familyRevokedAt) throw new InvalidGrantError("revoked family");
  return toIssuedTokens(successor, now);
}

function toIssuedTokens({ accessToken, refreshToken, scopes, expiresAt, dpopJkt }: Successor, now: Date): IssuedTokens {
  const expiresIn = Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / 1000));
  return { accessToken, refreshToken, scopes, expiresIn, dpopJkt };
}

async function endFamily(context: OAuthContext, found: FoundRefreshToken, cause: string): Promise<never> {
  const at = context.now();
  if (await context.stores.tokens.revokeFamily(found.familyId, at, "refresh_token_replayed")) {
    await context.stores.audit.record({
      type: "refresh_token.replayed",
      at,
      userId: found.userId,
      applicationId: found.applicationId,
      details: { cause },
    });
  }
  throw new InvalidGrantError(cause);
}
