/**
 * The names of signature algorithms (RFC 7518 §3.1, RFC 8037, RFC 9864). Free of Node.js, for the forms in the browser.
 */

/** What the server signs with. */
export const signingAlgorithms = ["RS256", "PS256", "ES256", "EdDSA"] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

/**
 * Those that have a key only while an application signs with them: some clients fail at a key set that has a kind of
 * key they don't know (RFC 7517 §5 has them ignore it). What the metadata say is supported doesn't depend on it.
 */
export const onDemandAlgorithms: readonly SigningAlgorithm[] = ["EdDSA"];

/** What clients may sign with, and the keys for it: only asymmetric ones (RFC 8725 §3.1, §3.2). */
export const clientKeyTypes = {
  RS256: "RSA",
  RS384: "RSA",
  RS512: "RSA",
  PS256: "RSA",
  PS384: "RSA",
  PS512: "RSA",
  ES256: "P-256",
  ES384: "P-384",
  ES512: "P-521",
  EdDSA: "Ed25519",
  Ed25519: "Ed25519",
} as const;

export type ClientSigningAlgorithm = keyof typeof clientKeyTypes;
/** For metadata (RFC 8414 §2 `token_endpoint_auth_signing_alg_values_supported`). */
export const clientSigningAlgorithms = Object.keys(clientKeyTypes) as ClientSigningAlgorithm[];
