import type { OAuthContext } from "./context";
import { formatScope } from "./scope";
import { signJwt, toNumericDate } from "./sign-jwt";
import type { AccessToken } from "./types";

/**
 * An access token that its API can check by itself (RFC 9068 §2). It is stored by its digest like every other, so that
 * it can be revoked; who wants to know of that asks by introspection.
 */
export function signAccessToken(
  context: OAuthContext,
  token: Omit<AccessToken, "tokenHash">,
  clientId: string,
): Promise<string> {
  const { audience, createdAt, expiresAt, scopes, dpopJkt, jti } = token;
  return signJwt(context, {
    typ: "at+jwt",
    payload: {
      iss: context.issuer,
      sub: token.userId ?? clientId,
      aud: audience.length === 1 ? audience[0] : [...audience],
      client_id: clientId,
      scope: formatScope(scopes),
      iat: toNumericDate(createdAt),
      exp: toNumericDate(expiresAt),
      jti,
      ...(dpopJkt === null ? {} : { cnf: { jkt: dpopJkt } }),
    },
  });
}
