import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import type { KeyRing } from "../ports/context";
import { type SigningAlgorithm, signingAlgorithms } from "../wire/algorithms";

interface Key {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

const keys = new Map<SigningAlgorithm, Promise<Key>>();

/** Keys of every algorithm, made at first use and shared by all tests of a file. */
export const testKeyRing: KeyRing = {
  signingKey: find,
  publicKeys: async () => (await Promise.all(signingAlgorithms.map(find))).map(({ publicJwk }) => publicJwk),
};

function find(algorithm: SigningAlgorithm): Promise<Key> {
  const key = keys.get(algorithm) ?? make(algorithm);
  keys.set(algorithm, key);
  return key;
}

async function make(alg: SigningAlgorithm): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, privateKey, publicJwk: { ...jwk, kid, alg, use: "sig" } };
}
