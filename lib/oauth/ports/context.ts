import type { JSONWebKeySet, JWK } from "jose";
import type { SigningAlgorithm } from "../wire/algorithms";
import type { ProtocolSettings } from "./settings";
import type { Stores } from "./store";

/** What the core receives from outside: it reads no clock, environment or database itself. */
export interface OAuthContext {
  stores: Stores;
  now: () => Date;
  /** `PUBLIC_URL` + `/o`: the `iss` of RFC 9207. */
  issuer: string;
  settings: ProtocolSettings;
  /**
   * Takes a place for something that is about to be stored for this client and the network of the request; the seconds
   * to wait, 0 if there was room.
   */
  admit: (kind: AdmittedKind, applicationId: string, weight: number) => number;
  dpop: DpopPolicy;
  keys: KeyRing;
  remoteKeys: RemoteKeys;
  requestObjects: RequestObjects;
}

/** What a request can have stored by anyone who knows a `client_id`. */
export type AdmittedKind = "authorization_request" | "pushed_request" | "device_authorization" | "proof" | "token";

export interface DpopPolicy {
  /** The key that authenticates nonces, the same in every process. */
  nonceKey: Uint8Array;
}

/** The server's own keys. */
export interface KeyRing {
  /** The key that signs with this algorithm at the moment. */
  signingKey(algorithm: SigningAlgorithm): Promise<{ kid: string; privateKey: CryptoKey }>;
  /** Every key that may have signed something that is still valid (RFC 7517). */
  publicKeys(): Promise<JWK[]>;
}

/** Keys that clients publish. */
export interface RemoteKeys {
  /**
   * The set at a `jwks_uri`, from a cache; `fresh` asks for a new one, as for an unknown `kid`. Null if it is
   * unavailable.
   */
  fetch(uri: string, options: { fresh: boolean }): Promise<JSONWebKeySet | null>;
}

/** Request objects that clients publish (RFC 9101 §5.2). */
export interface RequestObjects {
  /**
   * The content of a `request_uri`, from a cache if its fragment allows it (OpenID Connect Core §6.2); null if it is
   * unavailable. `applicationId` is the client that has registered the address, which has its own limit.
   */
  fetch(uri: string, applicationId: string): Promise<string | null>;
}

export function addSeconds(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

/** Anyone may send anything: what is recorded is shortened, without characters that storage refuses. */
export function sanitizeForLog(value: string | undefined): string | undefined {
  return value?.slice(0, 300).replace(/[\p{Cc}\p{Cs}]/gu, "\ufffd");
}
