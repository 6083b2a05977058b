import { answerIntrospectionRequest } from "../access/introspection";
import type { Client } from "../ports/client";
import type { ClientRequest, ProtocolResponse } from "../wire/messages";
import { basic, buildClientRequest, readTokens, sendTokenRequest, type Wire } from "./flow";
import { registerClient, type TestContext } from "./test-context";

export interface Caller {
  client: Client;
  secret: string;
}

/** Asks about a token as this client, by Basic. */
export function introspect(
  context: TestContext,
  { client, secret }: Caller,
  token: string,
  { parameters = {}, ...values }: Partial<ClientRequest> & { parameters?: Wire } = {},
): Promise<ProtocolResponse> {
  const authorization = basic(client.clientId, secret);
  return sendIntrospection(context, { token, ...parameters }, { authorization, ...values });
}

export function sendIntrospection(
  context: TestContext,
  parameters: Wire,
  values: Partial<ClientRequest> = {},
): Promise<ProtocolResponse> {
  return answerIntrospectionRequest(context, buildClientRequest(parameters, values));
}

/** A token of the client itself, as the client credentials grant issues it. */
export async function obtainOwnToken(
  context: TestContext,
  { client, secret }: Caller,
  more: Wire = {},
): Promise<string> {
  const credentials = { client_id: client.clientId, client_secret: secret };
  const answer = await sendTokenRequest(context, { grant_type: "client_credentials", ...credentials, ...more });
  return readTokens(answer).accessToken;
}

/** A client of the client credentials grant that may have the scope for introspection, which the stores then know. */
export function registerInspector(context: TestContext): Caller {
  context.stores.saveScope({ name: "introspection", description: "Ask", isDefault: false, isRestricted: true });
  return registerClient(context, { grantTypes: ["client_credentials"], allowedScopes: ["introspection", "read"] });
}
