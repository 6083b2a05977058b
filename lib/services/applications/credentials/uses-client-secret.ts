import type { Client } from "@/lib/oauth/ports/client";

/**
 * Whether a client secret has any use for it: neither a public client nor one that signs with its own key takes one.
 */
export function usesClientSecret(
  application: Pick<Client, "clientType"> & { tokenEndpointAuthMethod: string | null },
): boolean {
  return application.clientType === "confidential" && application.tokenEndpointAuthMethod !== "private_key_jwt";
}
