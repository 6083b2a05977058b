import type { Client } from "@/lib/oauth/ports/client";

/** Whether an application uses client secrets: a public client doesn't, nor does one that signs with its own key. */
export function usesClientSecret(
  application: Pick<Client, "clientType"> & { tokenEndpointAuthMethod: string | null },
): boolean {
  return application.clientType === "confidential" && application.tokenEndpointAuthMethod !== "private_key_jwt";
}
