import { hkdfSync } from "node:crypto";
import { deployment } from "@/lib/deployment";

type Purpose =
  | "csrf"
  | "flash"
  | "signing-keys"
  | "dpop-nonce"
  | "browser-state"
  | "known-browser"
  | "settings"
  | "messages"
  | "test-sign-ins";

const derived = new Map<Purpose, Uint8Array>();

/**
 * A 256-bit key for one purpose, so that no two uses of AUTH_SECRET share key material (RFC 5869). Derived once: all
 * callers get the same bytes, read-only.
 */
export function deriveKey(purpose: Purpose): Uint8Array {
  const key =
    derived.get(purpose) ?? new Uint8Array(hkdfSync("sha256", deployment().authSecret, "", `latchkey/${purpose}`, 32));
  derived.set(purpose, key);
  return key;
}
