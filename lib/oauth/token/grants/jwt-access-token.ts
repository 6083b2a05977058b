import { enforceAlgorithm } from "../../client/fapi";
import { defaultSigningAlgorithm, signJwt, toNumericDate } from "../../keys/sign-jwt";
import { findSubject, type SubjectClient } from "../../openid/subject";
import { findGroups } from "../../openid/user-claims";
import type { Client } from "../../ports/client";
import type { OAuthContext } from "../../ports/context";
import type { AccessToken } from "../../ports/types";
import { formatScope } from "../../scope/scope";

/**
 * An access token that its API can check by itself (RFC 9068 §2). Its subject is the one that the client knows: the
 * APIs of two clients with pairwise subjects can't correlate users (§6). The token is stored by its digest like every
 * other, so that it can be revoked, which an API learns by introspection. It contains the user's groups (§2.2.3.1) if
 * the client is configured so and the user `granted` the scope, which belongs to no API.
 */
export async function signAccessToken(
  context: OAuthContext,
  token: Omit<AccessToken, "tokenHash">,
  client: SubjectClient & Pick<Client, "securityProfile" | "groupsInTokens">,
  granted: readonly string[],
): Promise<string> {
  const { userId, audience, createdAt, expiresAt, scopes, dpopJkt, jti } = token;
  const namesGroups = userId !== null && client.groupsInTokens && granted.includes("groups");
  return signJwt(context, {
    algorithm: enforceAlgorithm(client.securityProfile, defaultSigningAlgorithm),
    typ: "at+jwt",
    payload: {
      ...(namesGroups ? await findGroups(context, userId, "token") : {}),
      iss: context.issuer,
      // §2.2: a client's own token has the client for its subject.
      sub: userId === null ? client.clientId : await findSubject(context, client, { id: userId }),
      aud: audience.length === 1 ? audience[0] : [...audience],
      client_id: client.clientId,
      scope: formatScope(scopes),
      iat: toNumericDate(createdAt),
      exp: toNumericDate(expiresAt),
      jti,
      ...(dpopJkt === null ? {} : { cnf: { jkt: dpopJkt } }),
    },
  });
}
