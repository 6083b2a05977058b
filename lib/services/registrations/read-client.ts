import "server-only";
import type { ServiceContext } from "../context";
import { type ClientInformation, findRegisteredClient, toClientInformation } from "./registered-client";

/** A client's registration (RFC 7592 §2.1). Its secret was shown when it was created, and never again. */
export async function readClient(
  context: ServiceContext,
  clientId: string,
  token: string | null,
): Promise<ClientInformation> {
  const client = await findRegisteredClient(clientId, token);
  return toClientInformation(context, client, context.now(), { registrationToken: token ?? "", clientSecret: null });
}
