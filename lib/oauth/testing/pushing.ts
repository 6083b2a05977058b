import { authorize } from "../authorize/authorize";
import { answerPushedAuthorizationRequest } from "../authorize/pushed-authorization";
import type { Client } from "../ports/client";
import { buildClientRequest, formEncode, signIn, type Wire } from "./flow";
import type { TestContext } from "./test-context";

/** Sends a pushed authorization request (RFC 9126 §2.1). */
export function push(context: TestContext, parameters: Wire, values: Parameters<typeof buildClientRequest>[1] = {}) {
  return answerPushedAuthorizationRequest(context, buildClientRequest(parameters, values));
}

/** The request of the walk-through, with the client's secret. */
export function requestOf(client: Client, secret: string, more: Wire = {}): Wire {
  return {
    response_type: "code",
    client_id: client.clientId,
    client_secret: secret,
    redirect_uri: client.redirectUris[0],
    ...more,
  };
}

/** Pushes the request of the walk-through with a state; fails if it is not accepted. */
export async function obtainRequestUri(context: TestContext, client: Client, secret: string, more: Wire = {}) {
  const answer = await push(context, requestOf(client, secret, { state: "pushed", ...more }));
  if (answer.status !== 201) throw new Error(`Expected 201: ${JSON.stringify(answer)}`);
  return String((answer.body as Record<string, unknown>).request_uri);
}

/** Comes to the authorization endpoint with the reference, as a signed-in user. */
export function follow(
  context: TestContext,
  client: Client,
  request_uri: string,
  browser = signIn(context),
  more: Wire = {},
) {
  return authorize(context, formEncode({ client_id: client.clientId, request_uri, ...more }), browser);
}
