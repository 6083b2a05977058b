import { importJWK, type JSONWebKeySet, type JWK } from "jose";
import { z } from "zod";
import type { Client } from "../ports/client";
import type { OAuthContext } from "../ports/context";
import { type ClientSigningAlgorithm, clientKeyTypes } from "../wire/algorithms";
import { allowsAlgorithm } from "./fapi";

/** Without a `kid` more than one key may fit. Each that is tried costs a verification. */
const maximumCandidates = 10;

const base64url = z.string().regex(/^[\w-]+$/);
const usage = {
  kid: z.string().optional(),
  use: z.literal("sig").optional(),
  key_ops: z
    .array(z.string())
    .refine((operations) => operations.includes("verify"))
    .optional(),
  alg: z.string().optional(),
};

/** A key that signatures may be verified with, and its public members; other members are ignored. */
const keySchema = z.discriminatedUnion("kty", [
  // 2048 to 8192 bits and an exponent of four octets: with larger ones a client could keep the server busy.
  z.object({ kty: z.literal("RSA"), n: base64url.min(342).max(1366), e: base64url.max(6), ...usage }),
  z.object({ kty: z.literal("EC"), crv: z.enum(["P-256", "P-384", "P-521"]), x: base64url, y: base64url, ...usage }),
  z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: base64url, ...usage }),
]);

export interface KeyHint {
  alg: ClientSigningAlgorithm;
  kid?: string | undefined;
}

/**
 * The client's own keys that a signature with such a header may have been made with; usually one. If none fits, a
 * `jwks_uri` is read again: the client may have changed its keys (RFC 7517 §4.5, OpenID Connect Core §10.1.1). None
 * fits an algorithm that the client's security profile doesn't allow.
 */
export async function findClientKeys(context: OAuthContext, client: Client, hint: KeyHint): Promise<CryptoKey[]> {
  if (!allowsAlgorithm(client.securityProfile, hint.alg)) return [];
  if (client.jwks) return importKeys(client.jwks, hint);
  if (client.jwksUri === null) return [];
  const known = await context.remoteKeys.fetch(client.jwksUri, { fresh: false });
  const keys = known ? await importKeys(known, hint) : [];
  if (keys.length > 0) return keys;
  const fresh = await context.remoteKeys.fetch(client.jwksUri, { fresh: true });
  return fresh ? importKeys(fresh, hint) : [];
}

async function importKeys(set: JSONWebKeySet, hint: KeyHint): Promise<CryptoKey[]> {
  const fitting = set.keys.filter((jwk) => fits(jwk, hint)).slice(0, maximumCandidates);
  const imported = await Promise.all(fitting.map((jwk) => importKey(jwk, hint.alg)));
  return imported.filter((key) => key !== null);
}

function fits(jwk: JWK, { alg, kid }: KeyHint): boolean {
  const { data: key } = keySchema.safeParse(jwk);
  if (!key || (kid !== undefined && key.kid !== kid)) return false;
  if (key.alg !== undefined && fullySpecified(key.alg) !== fullySpecified(alg)) return false;
  return clientKeyTypes[alg] === (key.kty === "RSA" ? key.kty : key.crv);
}

/** RFC 9864 §2.2: with the only curve that is accepted here, the two names mean the same. */
function fullySpecified(alg: string): string {
  return alg === "EdDSA" ? "Ed25519" : alg;
}

/** Null if the members look right but aren't a key: a point off the curve. */
async function importKey(jwk: JWK, alg: ClientSigningAlgorithm): Promise<CryptoKey | null> {
  const { kty, crv, x, y, n, e } = jwk;
  const publicMembers = { kty, ...(kty === "RSA" ? { n, e } : { crv, x }), ...(kty === "EC" ? { y } : {}) };
  const key = await importJWK(publicMembers as JWK, alg).catch(() => null);
  return key instanceof Uint8Array ? null : key;
}
