import { noStore } from "../client/client-request";
import { signsMessages } from "../client/fapi";
import { signJwt, toNumericDate } from "../keys/sign-jwt";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import { formatScope } from "../scope/scope";
import type { ProtocolResponse } from "../wire/messages";
import { toAccessScheme } from "./bearer";
import type { PresentedToken } from "./presented-token";

export type Introspection = Readonly<Record<string, unknown>>;

/** RFC 7662 §2.2: an answer about an invalid token contains nothing else, not even the reason. */
export const inactive: Introspection = { active: false };

/** RFC 9701 §5. */
const jwtMediaType = "application/token-introspection+jwt";

/**
 * The claims of an active token (RFC 7662 §2.2), in the order of keys that users of Django OAuth Toolkit know, then the
 * rest. `subject` is the subject that the token's application knows.
 */
export function describeToken(context: OAuthContext, { kind, token }: PresentedToken, subject: string): Introspection {
  const { clientId, username, subjectType, scopes, createdAt, expiresAt, dpopJkt, jti } = token;
  const audience = kind === "access_token" ? token.audience : [];
  return {
    active: true,
    ...(scopes.length > 0 ? { scope: formatScope(scopes) } : {}),
    exp: toNumericDate(expiresAt),
    client_id: clientId,
    // OpenID Connect Core §8.1: a username that is the same everywhere would defeat pairwise subjects.
    ...(username === null || subjectType === "pairwise" ? {} : { username }),
    ...(audience.length > 0 ? { aud: audience } : {}),
    token_type: kind === "access_token" ? toAccessScheme(dpopJkt) : refreshTokenType,
    iat: toNumericDate(createdAt),
    nbf: toNumericDate(createdAt),
    sub: subject,
    iss: context.issuer,
    jti,
    ...(dpopJkt === null ? {} : { cnf: { jkt: dpopJkt } }),
  };
}

/**
 * RFC 8693 §2.2.1: the `token_type` of a token that can't be used as an access token. A resource server that compares
 * the type refuses a refresh token by it.
 */
const refreshTokenType = "N_A";

/**
 * As JSON, or as a JWT that only this server can have signed: if the caller asks for it (RFC 9701 §4, §5), and
 * always if its messages are signed (FAPI 2.0 Message Signing §5.5.1).
 */
export async function toIntrospectionResponse(
  context: OAuthContext,
  client: Client,
  introspection: Introspection,
  accept: string | null,
): Promise<ProtocolResponse> {
  if (!prefersJwt(accept) && !signsMessages(client)) return { status: 200, headers: noStore, body: introspection };
  const body = await signJwt(context, {
    algorithm: client.introspectionSignedResponseAlg,
    typ: "token-introspection+jwt",
    payload: {
      iss: context.issuer,
      aud: client.clientId,
      iat: toNumericDate(context.now()),
      token_introspection: introspection,
    },
  });
  return { status: 200, headers: { ...noStore, "Content-Type": jwtMediaType }, body };
}

/** RFC 9110 §12.5.1: named, and with at least the weight of JSON if both are. A wildcard doesn't count. */
function prefersJwt(accept: string | null): boolean {
  const weight = readWeight(accept ?? "", jwtMediaType);
  return weight > 0 && weight >= readWeight(accept ?? "", "application/json");
}

function readWeight(accept: string, mediaType: string): number {
  for (const range of accept.toLowerCase().split(",")) {
    const [type, ...parameters] = range.split(";").map((part) => part.trim());
    if (type !== mediaType) continue;
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    return weight === undefined ? 1 : Number(weight.slice("q=".length)) || 0;
  }
  return 0;
}
