import { type JWTPayload, SignJWT } from "jose";
import type { OAuthContext } from "../ports/context";
import type { SigningAlgorithm } from "../wire/algorithms";

/** RFC 9068 §2.1: the algorithm that every resource server must support. */
export const defaultSigningAlgorithm: SigningAlgorithm = "RS256";

/** Signs with the server's own key. `typ` distinguishes kinds of JWTs (RFC 8725 §3.11). */
export async function signJwt(
  context: OAuthContext,
  jwt: { algorithm?: SigningAlgorithm; typ: string; payload: JWTPayload },
): Promise<string> {
  const alg = jwt.algorithm ?? defaultSigningAlgorithm;
  const { kid, privateKey } = await context.keys.signingKey(alg);
  return new SignJWT(jwt.payload).setProtectedHeader({ typ: jwt.typ, alg, kid }).sign(privateKey);
}

/** RFC 7519 §2 `NumericDate`: whole seconds. */
export function toNumericDate(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
