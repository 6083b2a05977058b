import { hkdfSync } from "node:crypto";
import { env } from "@/lib/env";

/** A 256-bit key for one purpose, so that no two uses of AUTH_SECRET share key material (RFC 5869). */
export function deriveKey(purpose: "csrf" | "flash" | "signing-keys" | "dpop-nonce"): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", env().AUTH_SECRET, "", `latchkey/${purpose}`, 32));
}
