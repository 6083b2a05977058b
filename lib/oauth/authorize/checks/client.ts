import { isClientId } from "../../client/client-auth";
import { findClient } from "../../client/find-client";
import type { Client } from "../../ports/client";
import type { ClientStore } from "../../ports/store";
import { UntrustedRequestError } from "../../wire/errors";
import type { Parameters } from "../../wire/parameters";

/** RFC 6749 §4.1.2.1: an invalid client identifier is shown to the user, never sent by a redirect. */
export async function checkClient(clients: ClientStore, parameters: Parameters): Promise<Client> {
  const clientId = parameters.get("client_id");
  const redirectUri = parameters.get("redirect_uri");
  if (clientId === undefined) {
    throw new UntrustedRequestError("client_id_missing", {
      redirectUri,
    });
  }
  const client = isClientId(clientId) ? await findClient(clients, clientId) : null;
  if (!client) {
    throw new UntrustedRequestError("client_unknown", {
      clientId,
      redirectUri,
    });
  }
  assertEnabled(client, redirectUri);
  return client;
}

/** A disabled application gets no answer that its developer could mistake for a temporary failure. */
export function assertEnabled(client: Client, redirectUri?: string): void {
  if (!client.disabled) return;
  throw new UntrustedRequestError(
    "client_disabled",
    { clientId: client.clientId, applicationId: client.id, redirectUri },
    { error: "unauthorized_client" },
  );
}
