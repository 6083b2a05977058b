import { compactVerify, decodeProtectedHeader } from "jose";
import { z } from "zod";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import { clientSigningAlgorithms } from "../wire/algorithms";
import { findClientKeys } from "./client-keys";

/** Seconds that the clocks of client and server may differ (RFC 7523 §3). */
export const leeway = 30;

/** The kind of JWT that is expected from the client, and the error for anything else. */
export interface ClientJwtKind<Claims> {
  /**
   * `typ` without `application/` (RFC 8725 §3.11): a JWT that was signed for one purpose isn't accepted for another.
   */
  types: readonly string[];
  /** The only algorithm that the client has registered for this kind; null for any that its keys allow. */
  algorithm: string | null;
  claims: z.ZodType<Claims>;
  /** Makes the error from its cause, which is for the log and names members, never their values. */
  refuse: (cause: string) => Error;
}

/**
 * `jku`, `x5u`, `jwk` and `x5c` are allowed and ignored: keys come only from the client's registration (RFC 8725
 * §3.10). Critical extensions (RFC 7515 §4.1.11) and unsigned JWTs are refused (RFC 9101 §10.1).
 */
const headerSchema = z.object({
  alg: z.enum(clientSigningAlgorithms),
  kid: z.string().optional(),
  typ: z.string().optional(),
  crit: z.never().optional(),
});

/**
 * The claims of a JWT that the client has signed with its own key. The signature comes first: of an unverified JWT only
 * the header is read. Times and parties are checked by the caller.
 * @throws what `refuse` makes if the header, the signature or the form of the claims is wrong
 */
export async function verifyClientJwt<Claims>(
  context: OAuthContext,
  client: Client,
  jwt: string,
  { types, algorithm, claims, refuse }: ClientJwtKind<Claims>,
): Promise<Claims> {
  const { alg, kid, typ } = parse(headerSchema, () => decodeProtectedHeader(jwt), "header", refuse);
  if (typ !== undefined && !types.includes(typ.toLowerCase().replace(/^application\//, ""))) {
    throw refuse("header typ");
  }
  if ((algorithm ?? alg) !== alg) throw refuse("another algorithm");
  const keys = await findClientKeys(context, client, { alg, kid });
  if (keys.length === 0) throw refuse("no key of the client fits");
  for (const key of keys) {
    const verified = await compactVerify(jwt, key, { algorithms: [alg] }).catch(() => null);
    if (verified) return parse(claims, () => readJson(verified.payload), "claims", refuse);
  }
  throw refuse("signature");
}

export interface JwtTimes {
  exp?: number | undefined;
  nbf?: number | undefined;
  iat?: number | undefined;
}

/**
 * RFC 7523 §3 nos. 4 to 6. `now` is in seconds.
 * @throws what `refuse` makes if the JWT has expired or comes from the future
 */
export function checkTimes({ exp, nbf, iat }: JwtTimes, now: number, refuse: (cause: string) => Error): void {
  if (exp !== undefined && exp <= now - leeway) throw refuse("exp is over");
  if (nbf !== undefined && nbf > now + leeway) throw refuse("nbf is in the future");
  if (iat !== undefined && iat > now + leeway) throw refuse("iat is in the future");
}

function readJson(payload: Uint8Array): unknown {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
}

function parse<Output>(
  schema: z.ZodType<Output>,
  read: () => unknown,
  part: string,
  refuse: (cause: string) => Error,
): Output {
  try {
    return schema.parse(read());
  } catch (error) {
    throw refuse(`${part} ${describe(error)}`);
  }
}

/** Names what is missing or malformed, never what was sent. */
function describe(error: unknown): string {
  return error instanceof z.ZodError ? error.issues.map(({ path }) => path.join(".")).join(", ") : "malformed";
}
