import { decodeJwt } from "jose";
import { z } from "zod";
import { endpointUrl } from "../endpoints";
import type { Client } from "../ports/client";
import { addSeconds, type OAuthContext, sanitizeForLog } from "../ports/context";
import { InvalidClientError } from "../wire/errors";
import { checkTimes, leeway, verifyClientJwt } from "./client-jwt";

/** Seconds. An assertion is made for one request, not kept. */
const longestLifetime = 300;
/** Seconds that the clocks of our own processes may differ: a `jti` is remembered for that much longer. */
const clockSkew = 60;

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.unknown().optional(),
  jti: z.string().min(1),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
});
type Claims = z.output<typeof claimsSchema>;

/** An assertion that has passed every check except whether it was used before. */
export interface VerifiedClientAssertion {
  /**
   * Uses up its `jti`: each assertion is accepted once, in any process.
   * @throws InvalidClientError if it was used before
   */
  consume(): Promise<void>;
}

/**
 * Authenticates a client by a JWT that it has signed with its own key (RFC 7523 §3, RFC 7521 §4.2), without using the
 * assertion up.
 * @throws InvalidClientError, whose private cause says what was wrong
 */
export async function verifyClientAssertion(
  context: OAuthContext,
  client: Client,
  assertion: string,
): Promise<VerifiedClientAssertion> {
  const claims = await verifyClientJwt(context, client, assertion, {
    types: ["jwt", "client-authentication+jwt"],
    // OpenID Connect Dynamic Client Registration §2 `token_endpoint_auth_signing_alg`.
    algorithm: client.tokenEndpointAuthSigningAlg,
    claims: claimsSchema,
    refuse,
  });
  checkParties(context, client, claims);
  const now = context.now().getTime() / 1000;
  checkTimes(claims, now, refuse);
  if (claims.exp > now + longestLifetime + leeway) throw refuse("exp is too far ahead");
  return { consume: () => consumeAssertion(context, client, claims) };
}

async function consumeAssertion(context: OAuthContext, client: Client, { jti, exp }: Claims): Promise<void> {
  const forgottenAt = addSeconds(new Date(exp * 1000), leeway + clockSkew);
  const isFirst = await context.stores.usedJtis.use(`client assertion ${client.id} ${jti}`, forgottenAt);
  if (!isFirst) throw refuse("jti used before");
}

/** The client ID that an assertion claims, to find the client that it is then verified for. Null if it names none. */
export function readAssertionSubject(assertion: string): string | null {
  try {
    const { sub } = decodeJwt(assertion);
    return typeof sub === "string" ? sub : null;
  } catch {
    return null;
  }
}

function refuse(cause: string): InvalidClientError {
  return new InvalidClientError(`assertion: ${cause}`);
}

function checkParties(context: OAuthContext, client: Client, { iss, sub, aud }: Claims): void {
  if (iss !== client.clientId || sub !== client.clientId) throw refuse("iss or sub");
  const audiences = listAudiences(context, client);
  const expected = audiences.join(" or ");
  // A single string: another server that accepts the same assertion could pass it on (draft-ietf-oauth-rfc7523bis §3).
  if (typeof aud !== "string") throw refuse(`claims aud; aud has to be the string ${expected}`);
  if (!audiences.includes(aud)) throw refuse(`aud ${sanitizeForLog(aud)}, expected ${expected}`);
}

/**
 * The issuer, because no other server can make a client believe that it is its own. The token endpoint, for which that
 * is possible, is accepted only if this server is configured so, and never under a security profile (FAPI 2.0 Security
 * Profile §5.3.2.1).
 */
function listAudiences({ issuer, settings }: OAuthContext, { securityProfile }: Client): string[] {
  return settings.tokenEndpointAudience && securityProfile === null ? [issuer, endpointUrl(issuer, "token")] : [issuer];
}
