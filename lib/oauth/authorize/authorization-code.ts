import { limitLifetime } from "../client/fapi";
import type { Client } from "../ports/client";
import { addSeconds, type OAuthContext } from "../ports/context";
import type { AuthorizationCode, AuthorizationRequest, Session } from "../ports/types";
import { digest, randomToken } from "../wire/digest";

/** A new code for what the user of this session allowed. `code` is for the client, the record has its digest. */
export function createCode(
  context: OAuthContext,
  client: Pick<Client, "securityProfile">,
  request: AuthorizationRequest,
  session: Session,
): { code: string; record: AuthorizationCode } {
  const code = randomToken();
  const createdAt = context.now();
  const record: AuthorizationCode = {
    codeHash: digest(code),
    applicationId: request.applicationId,
    userId: session.userId,
    sessionId: session.id,
    redirectUri: request.redirectUri,
    redirectUriSent: request.redirectUriSent,
    scopes: request.scopes,
    resources: request.resources,
    codeChallenge: request.codeChallenge,
    dpopJkt: request.dpopJkt,
    nonce: request.nonce,
    claims: request.claims,
    authenticatedAt: session.authenticatedAt,
    amr: session.amr,
    createdAt,
    expiresAt: addSeconds(
      createdAt,
      limitLifetime(client, "authorizationCode", context.settings.authorizationCodeLifetime),
    ),
  };
  return { code, record };
}
