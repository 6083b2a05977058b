import type { Client, RegisteredClient } from "../ports/client";
import type { ClientStore } from "../ports/store";
import { enforceSecurityProfile } from "./fapi";

/**
 * The client with this id, its security profile enforced. The only way to find a client, so that no rule misses the
 * profile.
 */
export async function findClient(clients: ClientStore, clientId: string): Promise<Client | null> {
  const registered = await clients.find(clientId);
  return registered && enforceSecurityProfile(registered as RegisteredClient & Client);
}
