import { answerClientRequest, type ClientCall, noStore } from "../client/client-request";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import type { OAuthError } from "../wire/errors";
import type { ClientRequest, ProtocolResponse } from "../wire/messages";
import { findPresentedToken, type PresentedToken, readToken } from "./presented-token";

/**
 * Answers a revocation request (RFC 7009 §2). Once the client has the 200, the token is invalid; the answer doesn't
 * reveal whether it ever existed or whose it was (§2.2).
 */
export function answerRevocationRequest(
  context: OAuthContext,
  request: ClientRequest,
  onError?: (error: OAuthError) => void,
): Promise<ProtocolResponse> {
  return answerClientRequest(context, request, { check: readToken, answer: answerRevocation }, onError);
}

async function answerRevocation(
  context: OAuthContext,
  client: Client,
  { parameters }: ClientCall<void>,
): Promise<ProtocolResponse> {
  const presented = await findPresentedToken(context, parameters);
  // RFC 7009 §2.1: another client's token is left alone.
  if (presented?.token.applicationId === client.id) await revoke(context, presented);
  return { status: 200, headers: noStore, body: null };
}

/**
 * RFC 7009 §2.1: a refresh token takes the access tokens of its grant with it, and an access token, as the RFC allows,
 * the refresh token: a client that gives up either no longer needs the grant. Ending the family also ends what is being
 * issued at this moment; revoking single tokens would miss those of a parallel refresh.
 */
async function revoke(context: OAuthContext, { kind, token }: PresentedToken): Promise<void> {
  const at = context.now();
  const { tokens } = context.stores;
  const { tokenHash, familyId, userId, applicationId } = token;
  const event = { type: "token.revoked", at, userId, applicationId, details: { kind } } as const;
  if (familyId === null) await tokens.revokeAccessToken(tokenHash, at, event);
  else await tokens.revokeFamily(familyId, at, "token_revoked", event);
}
