import { compactVerify, decodeJwt, decodeProtectedHeader } from "jose";
import { z } from "zod";
import type { Client } from "../ports/client";
import { addSeconds, forTheRecord, type OAuthContext } from "../ports/context";
import { clientSigningAlgorithms } from "../wire/algorithms";
import { InvalidClientError } from "../wire/errors";
import { findClientKeys } from "./client-keys";

/** Seconds. An assertion is made for one request, not kept. */
const longestLifetime = 300;
/** Seconds that the clocks of client and server may differ (RFC 7523 §3). */
const leeway = 30;
/** Seconds that the clocks of our own processes may differ: a `jti` is remembered for so much longer. */
const clockSkew = 60;

/**
 * `jku`, `x5u`, `jwk` and `x5c` may be there and are not looked at (RFC 8725 §3.10); an extension that has to be
 * understood is not (RFC 7515 §4.1.11).
 */
const headerSchema = z.object({
  alg: z.enum(clientSigningAlgorithms),
  kid: z.string().optional(),
  // RFC 8725 §3.11: a token or a proof that the client has signed for something else must not authenticate it.
  typ: z
    .string()
    .regex(/^(application\/)?(jwt|client-authentication\+jwt)$/i)
    .optional(),
  crit: z.never().optional(),
});

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  // A single string: an assertion that another server would take as well could be passed on by it
  // (draft-ietf-oauth-rfc7523bis §3).
  aud: z.string(),
  jti: z.string().min(1),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
});
type Claims = z.output<typeof claimsSchema>;

/** An assertion that has passed every check but one: whether it was used before. */
export interface VerifiedClientAssertion {
  /**
   * Uses up its `jti`: each assertion is accepted once, whichever process it reaches.
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
  // The signature comes first: nothing that an unverified assertion says is looked at.
  const claims = await verifySignature(context, client, assertion);
  checkParties(context, client, claims);
  checkTime(claims, context.now().getTime() / 1000);
  return { consume: () => consumeAssertion(context, client, claims) };
}

async function consumeAssertion(context: OAuthContext, client: Client, { jti, exp }: Claims): Promise<void> {
  const forgottenAt = addSeconds(new Date(exp * 1000), leeway + clockSkew);
  const isFirst = await context.stores.usedJtis.use(`client assertion ${client.id} ${jti}`, forgottenAt);
  if (!isFirst) throw new InvalidClientError("assertion: jti used before");
}

/**
 * Whom an assertion claims to be from, to find the client that it then has to be verified for. Null where it names no
 * one.
 */
export function readAssertionSubject(assertion: string): string | null {
  try {
    const { sub } = decodeJwt(assertion);
    return typeof sub === "string" ? sub : null;
  } catch {
    return null;
  }
}

async function verifySignature(context: OAuthContext, client: Client, assertion: string): Promise<Claims> {
  const { alg, kid } = readHeader(assertion);
  // OpenID Connect Dynamic Client Registration §2 `token_endpoint_auth_signing_alg`.
  if ((client.tokenEndpointAuthSigningAlg ?? alg) !== alg) throw new InvalidClientError("assertion: another algorithm");
  const keys = await findClientKeys(context, client, { alg, kid });
  if (keys.length === 0) throw new InvalidClientError("assertion: no key of the client fits");
  for (const key of keys) {
    const verified = await compactVerify(assertion, key, { algorithms: [alg] }).catch(() => null);
    if (verified) return readClaims(verified.payload, listAudiences(context, client));
  }
  throw new InvalidClientError("assertion: signature");
}

function readHeader(assertion: string): z.output<typeof headerSchema> {
  try {
    return headerSchema.parse(decodeProtectedHeader(assertion));
  } catch (error) {
    throw new InvalidClientError(`assertion: header ${describe(error)}`);
  }
}

function readClaims(payload: Uint8Array, audiences: string[]): Claims {
  try {
    return claimsSchema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload)));
  } catch (error) {
    const problem = describe(error);
    const hint = problem.split(", ").includes("aud") ? `; aud has to be the string ${audiences.join(" or ")}` : "";
    throw new InvalidClientError(`assertion: claims ${problem}${hint}`);
  }
}

/** Names what is missing or malformed, never what was sent. */
function describe(error: unknown): string {
  return error instanceof z.ZodError ? error.issues.map(({ path }) => path.join(".")).join(", ") : "malformed";
}

function checkParties(context: OAuthContext, client: Client, { iss, sub, aud }: Claims): void {
  if (iss !== client.clientId || sub !== client.clientId) throw new InvalidClientError("assertion: iss or sub");
  const audiences = listAudiences(context, client);
  if (audiences.includes(aud)) return;
  throw new InvalidClientError(`assertion: aud ${forTheRecord(aud)}, expected ${audiences.join(" or ")}`);
}

/**
 * The issuer, as no other server can have a client believe that it is theirs. The token endpoint, which one can, counts
 * only where this server is told so, and never in a security profile (FAPI 2.0 Security Profile §5.3.2.1).
 */
function listAudiences({ issuer, tokenEndpointAudience }: OAuthContext, { securityProfile }: Client): string[] {
  return tokenEndpointAudience && securityProfile === null ? [issuer, `${issuer}/token/`] : [issuer];
}

function checkTime({ exp, nbf, iat }: Claims, now: number): void {
  if (exp <= now - leeway) throw new InvalidClientError("assertion: exp is over");
  if (exp > now + longestLifetime + leeway) throw new InvalidClientError("assertion: exp is too far ahead");
  if (nbf !== undefined && nbf > now + leeway) throw new InvalidClientError("assertion: nbf is in the future");
  if (iat !== undefined && iat > now + leeway) throw new InvalidClientError("assertion: iat is in the future");
}
