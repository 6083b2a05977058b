import {
  compactVerify,
  createLocalJWKSet,
  decodeProtectedHeader,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
} from "jose";
import { z } from "zod";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import { signingAlgorithms } from "../wire/algorithms";
import { InvalidRequestError } from "../wire/errors";
import { couldBePublic, findUserOfSubject, nobody } from "./subject";

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  sid: z.string().optional(),
  auth_time: z.number().optional(),
  // A signed answer of userinfo has neither (OpenID Connect Core §5.3.2): it must not pass for an ID token.
  iat: z.number(),
  exp: z.number(),
});

/** The content of an ID token that is known to be ours. */
export interface IdTokenHint {
  sub: string;
  /** The clients that it was issued to. */
  audience: readonly string[];
  sid: string | null;
  /** Seconds; null if absent. */
  authTime: number | null;
}

/**
 * Reads an ID token that this server has signed; it may have expired long ago (OpenID Connect Core §3.1.2.1,
 * RP-Initiated Logout §2). No other kind of JWT is accepted as one, whatever keys its header names (RFC 8725 §3.10,
 * §3.11): null.
 */
export async function readIdTokenHint(context: OAuthContext, token: string): Promise<IdTokenHint | null> {
  const keys = createLocalJWKSet({ keys: await context.keys.publicKeys() });
  try {
    const { alg, typ } = decodeProtectedHeader(token);
    if (typ !== "JWT") return null;
    const findKey = (header: JWSHeaderParameters, jws: FlattenedJWSInput) => keys(header, jws);
    const { payload } = await compactVerify(token, findKey, {
      algorithms: signingAlgorithms.filter((one) => one === alg),
    });
    const { iss, sub, aud, sid, auth_time } = claimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
    if (iss !== context.issuer) return null;
    return { sub, audience: typeof aud === "string" ? [aud] : aud, sid: sid ?? null, authTime: auth_time ?? null };
  } catch {
    return null;
  }
}

/**
 * The user that a client's ID token is about; `nobody` if they were deleted.
 * @throws InvalidRequestError if it isn't ours, was issued to another client, or has a `sub` that was never given
 */
export async function findHintedUser(context: OAuthContext, client: Client, token: string): Promise<string> {
  const hint = await readIdTokenHint(context, token);
  if (!hint) throw new InvalidRequestError("The id_token_hint is not an ID token of this server.");
  const { sub, audience } = hint;
  const isForClient = audience.includes(client.clientId);
  const userId = isForClient ? await findUserOfSubject(context, client, sub) : null;
  // A deleted user is simply not signed in: the request isn't wrong.
  if (isForClient && userId === null && couldBePublic(client, sub)) return nobody;
  if (userId === null) throw new InvalidRequestError("The id_token_hint was not made for this client.");
  return userId;
}
