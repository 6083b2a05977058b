import { randomUUID } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { digest } from "../wire/digest";

/** A client's key for DPoP. */
export interface DpopKey {
  alg: string;
  privateKey: CryptoKey;
  privateJwk: JWK;
  publicJwk: JWK;
  /** RFC 7638. */
  jkt: string;
}

export async function createDpopKey(alg = "ES256"): Promise<DpopKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const [publicJwk, privateJwk] = [await exportJWK(publicKey), await exportJWK(privateKey)];
  return { alg, privateKey, privateJwk, publicJwk, jkt: await calculateJwkThumbprint(publicJwk) };
}

export interface ProofTarget {
  method: string;
  uri: string;
  at: Date;
  accessToken?: string | undefined;
  nonce?: string | undefined;
}

/** A proof as in RFC 9449 §4.2, except for what `claims` and `header` replace; `undefined` omits one. */
export function createProof(
  key: DpopKey,
  { method, uri, at, accessToken, nonce }: ProofTarget,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const iat = Math.floor(at.getTime() / 1000);
  const ath = accessToken === undefined ? undefined : digest(accessToken);
  return new SignJWT({ jti: randomUUID(), htm: method, htu: uri, iat, ath, nonce, ...claims })
    .setProtectedHeader({ typ: "dpop+jwt", alg: key.alg, jwk: key.publicJwk, ...header })
    .sign(key.privateKey);
}
