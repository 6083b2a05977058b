import { findClient } from "../client/find-client";
import { signJwt } from "../keys/sign-jwt";
import { findSubject } from "../openid/subject";
import { findUserClaims } from "../openid/user-claims";
import type { OAuthContext } from "../ports/context";
import { InvalidTokenError } from "../wire/errors";
import type { TokenInfo } from "./bearer";

/**
 * What userinfo answers: JSON, or the same as a signed JWT if the client is registered so (OpenID Connect Core
 * §5.3.2).
 */
export type UserinfoAnswer = { kind: "json"; claims: Record<string, unknown> } | { kind: "jwt"; jwt: string };

/**
 * The claims about the user of a token that this client may know. The `sub` is always included, with any scopes; a
 * client's own token has no user.
 * @throws InvalidTokenError
 */
export async function describeUser(
  context: OAuthContext,
  { clientId, user, scopes, claims: requested }: TokenInfo,
): Promise<UserinfoAnswer> {
  if (!user) throw new InvalidTokenError();
  const isOpenId = scopes.includes("openid");
  const wanted = isOpenId ? { scopes, requested: requested?.userinfo } : { scopes: [], requested: undefined };
  const [client, about] = await Promise.all([
    findClient(context.stores.clients, clientId),
    findUserClaims(context, user.id, wanted, "userinfo"),
  ]);
  if (!client || !about) throw new InvalidTokenError();
  const claims = {
    sub: await findSubject(context, client, user),
    ...about,
  };
  const algorithm = client.userinfoSignedResponseAlg;
  if (algorithm === null) return { kind: "json", claims };
  const payload = { ...claims, iss: context.issuer, aud: client.clientId };
  return { kind: "jwt", jwt: await signJwt(context, { algorithm, typ: "JWT", payload }) };
}
