import { authenticateClient } from "../client/client-auth";
import type { Client } from "../ports/client";
import type { ClientRequest } from "../wire/messages";
import { Parameters } from "../wire/parameters";
import type { TestContext } from "./test-context";

/** Authenticates the client of a request, and uses up what can be presented once only. */
export async function authenticateFully(context: TestContext, request: ClientRequest): Promise<Client> {
  const { client, consume } = await authenticateClient(context, request, Parameters.parse(request.body));
  await consume();
  return client;
}
