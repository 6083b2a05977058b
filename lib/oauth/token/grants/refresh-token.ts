import { rotatesRefreshTokens } from "../../client/fapi";
import { type Authentication, signIdToken } from "../../openid/id-token";
import type { Client } from "../../ports/client";
import { addSeconds, type OAuthContext } from "../../ports/context";
import type { FoundRefreshToken } from "../../ports/store";
import { narrowUserScopes } from "../../scope/ignored-scopes";
import { narrowResources } from "../../scope/resource-indicators";
import { digest } from "../../wire/digest";
import { InvalidDpopProofError, InvalidGrantError, InvalidRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";
import { findTokenTarget } from "./access-token-target";
import {
  type CreatedAccessToken,
  createAccessToken,
  createRefreshToken,
  findIdleEnd,
  type IssuedTokens,
  type TokenBinding,
} from "./issue";
import { openSuccessor, type Successor, sealSuccessor } from "./sealed-successor";

/** A presented refresh token, with everything that its exchange depends on. */
interface Refresh {
  token: string;
  found: FoundRefreshToken;
  client: Client;
  binding: TokenBinding;
}

/**
 * RFC 6749 §6 with rotation (RFC 9700 §4.14.2): each refresh token is exchanged once. A reused one gets the lost answer
 * again if its own client sends it within the grace period; otherwise its family ends, because thief and client can't
 * be told apart (docs/adr/0013). Under a security profile tokens aren't rotated (docs/adr/0025).
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
  // A client that presents another client's token has stolen it, or got it from a thief.
  if (found.applicationId !== client.id) return endFamily(context, found, "refresh token of another client");
  const refresh = { token, found, client, binding };
  checkUsable(context, refresh);
  if (found.accessEnded) return endAccess(context, found);
  if (found.rotatedAt) return repeatAnswer(context, refresh);
  const now = context.now();
  if (found.expiresAt <= now) throw new InvalidGrantError("expired refresh token");
  const answer = await createAnswer(context, refresh, parameters, now);
  return rotatesRefreshTokens(client) ? rotate(context, refresh, answer, now) : renew(context, refresh, answer, now);
}

function checkUsable(context: OAuthContext, { found, binding }: Refresh): void {
  if (found.familyRevokedAt) throw new InvalidGrantError("revoked family");
  if (found.familyExpiresAt <= context.now()) throw new InvalidGrantError("expired family");
  if (found.userDisabled) throw new InvalidGrantError("disabled user");
  if (found.endsWithSession && found.sessionEnded) throw new InvalidGrantError("ended session");
  // RFC 9449 §5: a public client's token is valid only with the key it was issued for.
  if (found.dpopJkt === null || found.dpopJkt === binding.dpopJkt) return;
  if (binding.dpopJkt === null) throw new InvalidDpopProofError("no proof for a bound refresh token");
  throw new InvalidGrantError("refresh token of another key");
}

/** The result of a refresh, except for the refresh token. */
interface Answer {
  access: CreatedAccessToken;
  idToken: string | null;
  /** Those of the grant that are asked for again; those of the access token are for its audience alone. */
  granted: readonly string[];
}

async function createAnswer(
  context: OAuthContext,
  { found, client, binding }: Refresh,
  parameters: Parameters,
  now: Date,
): Promise<Answer> {
  const granted = await narrowGrant(context, client, found, parameters.get("scope"));
  const apis = await narrowResources(context, found.resources, parameters.getAll("resource"));
  const target = await findTokenTarget(context, client, { apis, scopes: granted, isForUser: true });
  const family = { id: found.familyId, userId: found.userId, expiresAt: found.familyExpiresAt, granted };
  const access = await createAccessToken(context, { client, family, ...target, binding }, now);
  const idToken = granted.includes("openid")
    ? await signAgain(context, client, { ...found, scopes: granted, accessToken: access.token }, now)
    : null;
  return { access, idToken, granted };
}

async function narrowGrant(
  context: OAuthContext,
  client: Client,
  { scopes, resources }: FoundRefreshToken,
  requested: string | undefined,
): Promise<string[]> {
  if (requested === undefined) return [...scopes];
  const known = await context.stores.scopes.list();
  const apis = resources.length > 0 ? await context.stores.apis.find(resources) : [];
  return narrowUserScopes(client, known, { granted: scopes, requested, apis });
}

function toSuccessor({ access, idToken }: Answer, refreshToken: string): Successor {
  const { scopes, expiresAt, dpopJkt } = access.record;
  return { accessToken: access.token, refreshToken, idToken, scopes: [...scopes], expiresAt, dpopJkt };
}

/** The same token stays valid, and so do the access tokens that it was used for: instances of a client share it. */
async function renew(
  context: OAuthContext,
  { token, found }: Refresh,
  answer: Answer,
  now: Date,
): Promise<IssuedTokens> {
  const expiresAt = findIdleEnd(context, found.familyExpiresAt, now);
  const renewal = { accessToken: answer.access.record, expiresAt };
  if (!(await context.stores.tokens.renew(found.tokenHash, renewal))) {
    throw new InvalidGrantError("family ended at the same moment");
  }
  return toIssuedTokens(toSuccessor(answer, token), now);
}

async function rotate(
  context: OAuthContext,
  { token, found, client, binding }: Refresh,
  answer: Answer,
  now: Date,
): Promise<IssuedTokens> {
  const scope = { familyId: found.familyId, scopes: answer.granted };
  const refresh = createRefreshToken(context, scope, found.familyExpiresAt, now);
  const successor = toSuccessor(answer, refresh.token);
  const grace = context.settings.refreshTokenGracePeriod;
  const rotated = await context.stores.tokens.rotate(found.tokenHash, {
    accessToken: answer.access.record,
    refreshToken: refresh.record,
    sealed: grace > 0 ? { text: sealSuccessor(token, successor), expiresAt: addSeconds(now, grace) } : null,
  });
  if (rotated) return toIssuedTokens(successor, now);
  // A parallel request was first, or the family has just ended.
  const again = await context.stores.tokens.findRefreshToken(found.tokenHash);
  if (!again) throw new InvalidGrantError("vanished refresh token");
  const refound = { token, found: again, client, binding };
  checkUsable(context, refound);
  if (again.accessEnded) return endAccess(context, again);
  return repeatAnswer(context, refound);
}

/**
 * The answer that the client may have lost, if the grace period isn't over and the successor is unused: once that was
 * exchanged, the client must have received it.
 */
async function repeatAnswer(context: OAuthContext, { token, found, binding }: Refresh): Promise<IssuedTokens> {
  const now = context.now();
  const isWithinGrace =
    found.rotatedAt !== null && addSeconds(found.rotatedAt, context.settings.refreshTokenGracePeriod) > now;
  if (!isWithinGrace || found.sealedSuccessor === null) return endFamily(context, found, "replayed refresh token");
  const successor = openSuccessor(token, found.sealedSuccessor);
  if (successor.dpopJkt !== binding.dpopJkt) return endFamily(context, found, "replayed with another key");
  const next = await context.stores.tokens.findRefreshToken(digest(successor.refreshToken));
  if (!next || next.rotatedAt) return endFamily(context, found, "replayed after its successor was used");
  if (next.familyRevokedAt) throw new InvalidGrantError("revoked family");
  return toIssuedTokens(successor, now);
}

/**
 * OpenID Connect Core §12.2: about the same sign-in as the first one, but without the nonce, which belongs only to that
 * one.
 */
function signAgain(context: OAuthContext, client: Client, authentication: Authentication, now: Date): Promise<string> {
  return signIdToken(context, client, { ...authentication, nonce: null }, now);
}

function toIssuedTokens(successor: Successor, now: Date): IssuedTokens {
  const { accessToken, refreshToken, idToken, scopes, expiresAt, dpopJkt } = successor;
  const expiresIn = Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / 1000));
  return { accessToken, refreshToken, idToken, scopes, expiresIn, dpopJkt };
}

/** A user who comes back to a group begins anew: what they had before doesn't live again. */
async function endAccess(
  context: OAuthContext,
  { familyId, userId, applicationId }: FoundRefreshToken,
): Promise<never> {
  const at = context.now();
  const event = { type: "authorization.access_ended", at, userId, applicationId } as const;
  await context.stores.tokens.revokeFamily(familyId, at, "access_ended", event);
  throw new InvalidGrantError("user of none of its groups");
}

async function endFamily(context: OAuthContext, found: FoundRefreshToken, cause: string): Promise<never> {
  const at = context.now();
  await context.stores.tokens.revokeFamily(found.familyId, at, "refresh_token_replayed", {
    type: "refresh_token.replayed",
    at,
    userId: found.userId,
    applicationId: found.applicationId,
    details: { cause },
  });
  throw new InvalidGrantError(cause);
}
