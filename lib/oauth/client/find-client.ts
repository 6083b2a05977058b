import type { Client } from "../ports/client";
import type { ClientStore } from "../ports/store";
import { enforceSecurityProfile } from "./fapi";

/** The client that this id names, held to its security profile: what every rule goes by. Null where there is none. */
export async function findClient(clients: ClientStore, clientId: string): Promise<Client | null> {
  const client = await clients.find(clientId);
  return client && enforceSecurityProfile(client);
}
