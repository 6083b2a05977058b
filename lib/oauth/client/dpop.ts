import { createHmac } from "node:crypto";
import { calculateJwkThumbprint, EmbeddedJWK, type JWK, jwtVerify } from "jose";
import { z } from "zod";
import { privateMembers } from "../keys/private-members";
import type { SecurityProfile } from "../ports/client-choices";
import { addSeconds, type OAuthContext, sanitizeForLog } from "../ports/context";
import { digest, equalDigests } from "../wire/digest";
import { InvalidDpopProofError, UseDpopNonceError } from "../wire/errors";
import { isUrl } from "../wire/is-url";
import { allowsAlgorithm } from "./fapi";

/**
 * What a proof may be signed with, for metadata and challenges: only asymmetric algorithms (RFC 9449 §4.3, §11.6).
 * ES256 is what nearly every client uses; EdDSA also under its fully-specified name (RFC 9864); RSA for platforms whose
 * key stores know no other; the larger variants because policies require them and they cost nothing here.
 */
export const dpopAlgorithms: readonly string[] = [
  ...["ES256", "ES384", "ES512"],
  ...["EdDSA", "Ed25519"],
  ...["PS256", "PS384", "PS512"],
  ...["RS256", "RS384", "RS512"],
];

/** Characters. A proof by RSA with 4096 bits has about 2,100. */
const longestProof = 4096;

/** Seconds. A proof is made for one request: this covers its transmission and clocks that differ (RFC 9449 §11.1). */
const longestAge = 60;
/** Seconds that a client's clock may be ahead (FAPI 2.0 Security Profile §5.3.2.1 names ten). */
const furthestAhead = 10;
/** Seconds that the clocks of our own processes may differ: a `jti` is remembered for that much longer. */
const clockSkew = 60;

/** Seconds. A nonce is valid for the rest of its window and the whole of the next. */
const nonceWindow = 300;

const claimsSchema = z.object({
  jti: z.string().min(1).max(256),
  htm: z.string(),
  htu: z.string(),
  iat: z.number(),
  ath: z.string().optional(),
  nonce: z.string().optional(),
});
type Claims = z.output<typeof claimsSchema>;

/** What a proof must match. */
export interface DpopRequest {
  /** The `DPoP` header. Several are joined by commas, which no proof contains: they are refused (RFC 9449 §4.3). */
  proof: string;
  method: string;
  /**
   * Where clients send the request: with the public origin, never that of the `Host` header. Query and fragment don't
   * count.
   */
  uri: string;
  /** The access token that is sent with the proof, at a protected resource. */
  accessToken?: string;
  /** Of the client that sends the proof. */
  securityProfile: SecurityProfile | null;
}

/** A proof that has passed every check except whether it was used before. */
export interface VerifiedDpopProof {
  /** Thumbprint of the key that it proves possession of. */
  jkt: string;
  /**
   * Uses up its `jti`: each proof is accepted once, in any process.
   * @throws InvalidDpopProofError if it was used before
   */
  consume(): Promise<void>;
}

/**
 * Checks a DPoP proof by every rule of RFC 9449 §4.3 without using it up.
 * @throws InvalidDpopProofError, and UseDpopNonceError if all but the nonce was right
 */
export async function verifyDpopProof(context: OAuthContext, request: DpopRequest): Promise<VerifiedDpopProof> {
  const { claims, jwk } = await verifyProof(request, context.now());
  checkTarget(claims, request);
  checkAge(claims, context.now());
  if (request.accessToken !== undefined) checkTokenHash(claims, request.accessToken);
  checkNonce(context, claims);
  const jkt = await calculateJwkThumbprint(jwk, "sha256");
  return { jkt, consume: () => consumeProof(context, jkt, claims) };
}

/** The same, and uses it up. A proof that is refused for any reason is not used up. */
export async function checkDpopProof(context: OAuthContext, request: DpopRequest): Promise<{ jkt: string }> {
  const { jkt, consume } = await verifyDpopProof(context, request);
  await consume();
  return { jkt };
}

/**
 * The nonce to hand out now (RFC 9449 §8): the same from every process for a while, and unpredictable for anyone else.
 */
export function dpopNonce(context: OAuthContext): string {
  return createNonce(context, currentWindow(context));
}

/** The signature comes first: nothing in an unverified proof is used or recorded. */
async function verifyProof({ proof, securityProfile }: DpopRequest, now: Date): Promise<{ claims: Claims; jwk: JWK }> {
  if (proof.length > longestProof) throw new InvalidDpopProofError("too long");
  const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
    typ: "dpop+jwt",
    algorithms: dpopAlgorithms.filter((algorithm) => allowsAlgorithm(securityProfile, algorithm)),
    currentDate: now,
    // For `nbf` and `exp`, if a proof has them.
    clockTolerance: furthestAhead,
  }).catch((error: unknown) => {
    throw new InvalidDpopProofError(error instanceof Error ? error.message : "not a JWT");
  });
  const { jwk } = protectedHeader;
  // RFC 9449 §4.3: a private key in the header is no longer the client's alone.
  if (!jwk || privateMembers.some((name) => name in jwk))
    throw new InvalidDpopProofError("the key is not a public one");
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path }) => path.join("."));
    throw new InvalidDpopProofError(`missing or malformed: ${names.join(", ")}`);
  }
  return { claims: parsed.data, jwk };
}

function checkTarget({ htm, htu }: Claims, { method, uri }: DpopRequest): void {
  if (htm !== method) throw new InvalidDpopProofError("htm: for another method");
  const [target, expected] = [normalizeUri(htu), normalizeUri(uri)];
  if (target !== null && target === expected) return;
  throw new InvalidDpopProofError(`htu: ${sanitizeForLog(htu)}, expected ${expected}`);
}

/**
 * RFC 9449 §4.3: without query and fragment, after the normalization of RFC 3986 §6.2.2 and §6.2.3. All endpoints
 * answer with and without a slash at the end, so it makes no difference here either. Null if it is no such URI.
 */
function normalizeUri(uri: string): string | null {
  // The parser would overlook what doesn't belong into a URI: spaces, line breaks, backslashes.
  if (!/^https?:\/\/[\x21-\x5b\x5d-\x7e]+$/i.test(uri) || !isUrl(uri)) return null;
  const url = new URL(uri);
  url.search = "";
  url.hash = "";
  return url.href.replace(/%[0-9a-f]{2}/gi, normalizeEncoding).replace(/\/$/, "");
}

function normalizeEncoding(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return /[A-Za-z0-9._~-]/.test(character) ? character : encoded.toUpperCase();
}

function checkAge({ iat }: Claims, now: Date): void {
  const age = now.getTime() / 1000 - iat;
  if (age > longestAge) throw new InvalidDpopProofError("iat: too old");
  if (age < -furthestAhead) throw new InvalidDpopProofError("iat: in the future");
}

function checkTokenHash({ ath }: Claims, accessToken: string): void {
  if (ath === undefined || !equalDigests(ath, digest(accessToken))) {
    throw new InvalidDpopProofError("ath: missing, or of another access token");
  }
}

function checkNonce(context: OAuthContext, { nonce }: Claims): void {
  if (nonce === undefined && !context.settings.requireDpopNonce) return;
  if (nonce === undefined || !isFreshNonce(context, nonce)) throw new UseDpopNonceError(dpopNonce(context));
}

function isFreshNonce(context: OAuthContext, nonce: string): boolean {
  const window = currentWindow(context);
  return [window, window - 1].some((candidate) => equalDigests(nonce, createNonce(context, candidate)));
}

function currentWindow(context: OAuthContext): number {
  return Math.floor(context.now().getTime() / 1000 / nonceWindow);
}

function createNonce(context: OAuthContext, window: number): string {
  return createHmac("sha256", context.dpop.nonceKey).update(String(window)).digest("base64url");
}

/** RFC 9449 §11.1. The key is part of what is remembered: a client can't use up the `jti` of another client's proof. */
async function consumeProof(context: OAuthContext, jkt: string, { jti }: Claims): Promise<void> {
  const forgottenAt = addSeconds(context.now(), longestAge + furthestAhead + clockSkew);
  const isFirst = await context.stores.usedJtis.use(`dpop ${jkt} ${jti}`, forgottenAt);
  if (!isFirst) throw new InvalidDpopProofError("jti: used before");
}
