import type { ClientSettings } from "./client-settings";

/** A hash of a client secret with the name of its scheme. */
export interface HashedSecret {
  scheme: string;
  hash: string;
}

export interface ClientSecret extends HashedSecret {
  id: string;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** A secret that no longer authenticates, because it has expired or was revoked. */
export interface EndedSecret extends HashedSecret {
  id: string;
}

declare const unenforced: unique symbol;

/**
 * A client as stored, whose settings may be weaker than its security profile. Nothing can be read from it: only
 * `findClient` turns it into a `Client`, so that no rule uses what the profile doesn't allow.
 */
export interface RegisteredClient {
  readonly [unenforced]: true;
}

/**
 * A registered application as the protocol sees it (RFC 6749 §2). `id` is internal, `clientId` is the one on the wire.
 */
export interface Client extends ClientSettings {
  id: string;
  clientId: string;
  /** It registered itself (RFC 7591), so its description of itself is unverified. */
  registeredDynamically: boolean;
  disabled: boolean;
  /** Only members of its chosen groups may use it. */
  accessRestricted: boolean;
  /** When it is deleted if it is still unused by then; null unless it registered itself and is unused. */
  expiresAt: Date | null;
  /** Only active ones: neither revoked nor, at the time of reading, known to be expired. */
  secrets: readonly ClientSecret[];
}

/** For a store, to return what it has found. */
export function toRegisteredClient(client: Client): RegisteredClient {
  return client as Client & RegisteredClient;
}
