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

declare const unenforced: unique symbol;

/**
 * A client as storage has it, whose settings may be weaker than its security profile. Nothing can be read from it:
 * `findClient` alone makes a `Client` of it, so that no rule goes by what the profile doesn't allow.
 */
export interface RegisteredClient {
  readonly [unenforced]: true;
}

/** A registered application as the protocol sees it (RFC 6749 §2). `id` is ours, `clientId` is the wire's. */
export interface Client extends ClientSettings {
  id: string;
  clientId: string;
  /** It registered itself (RFC 7591), so nothing it says about itself has been verified. */
  registeredDynamically: boolean;
  disabled: boolean;
  /** It registered itself and has not been used yet: when it is deleted, unless it is used before. Null: it stays. */
  expiresAt: Date | null;
  /** The live ones only: neither revoked nor, at the time of reading, known to be expired. */
  secrets: readonly ClientSecret[];
}

/** For a store, to hand over what it has found. */
export function toRegisteredClient(client: Client): RegisteredClient {
  return client as Client & RegisteredClient;
}
