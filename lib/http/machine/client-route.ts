import { logBounded } from "@/lib/limits/bounded-log";
import { refusalKey, refusedClients } from "@/lib/limits/refused-clients";
import { clientEndpoints } from "@/lib/oauth/client-endpoints";
import { type ClientEndpointName, endpoints } from "@/lib/oauth/endpoints";
import { type OAuthError, TooManyFailuresError } from "@/lib/oauth/wire/errors";
import type { ClientRequest } from "@/lib/oauth/wire/messages";
import { oauthServer } from "@/lib/oauth-server";
import { clientOrigin, clientSource } from "../client-origin";
import { readFormText } from "../forms/read-form";
import type { HttpRequest } from "../http-request";
import { protocolResponse } from "../responses";
import { finishFor } from "./cors";
import { type Handler, protocolRoute } from "./protocol-route";

/**
 * The handler of an endpoint that clients call with their credentials and the core answers. Errors outside the core
 * occur before the client is known.
 */
export function clientRoute(name: ClientEndpointName): Handler {
  const answer = clientEndpoints[name];
  return protocolRoute(async (request) => {
    const { pathname } = new URL(request.url);
    const context = oauthServer(clientOrigin(request.headers));
    const source = clientSource(request.headers);
    const clientRequest = await toClientRequest(request);
    let refusal: OAuthError | null = null;
    const response = await answer(context, clientRequest, (thrown) => {
      const { error, cause, description } = thrown;
      refusal = thrown;
      const fields = { error, path: pathname, reason: cause ?? description };
      logBounded("info", fields, "client request refused", source);
    });
    noteRefusal(clientRequest, pathname, refusal);
    return protocolResponse(response);
  }, finishFor(endpoints[name]));
}

/** Lets the front refuse the same credentials by itself for a while, or stop doing so. */
function noteRefusal({ network, authorization, body }: ClientRequest, path: string, refusal: OAuthError | null): void {
  const refusals = refusedClients();
  const isRefused = refusal instanceof TooManyFailuresError;
  if (!isRefused && !refusals.hasFrom(network)) return;
  const key = refusalKey({ network, path, authorization, body });
  if (key === null) return;
  if (isRefused) refusals.remember(network, key, refusal.retryAfter);
  else refusals.forget(network, key);
}

async function toClientRequest(request: HttpRequest): Promise<ClientRequest> {
  const { headers } = request;
  const { ipAddress } = clientOrigin(headers);
  return {
    query: new URL(request.url).search.slice(1),
    contentType: headers.get("content-type"),
    authorization: headers.get("authorization"),
    body: await readFormText(request),
    dpop: headers.get("dpop"),
    accept: headers.get("accept"),
    origin: headers.get("origin"),
    ipAddress,
    ...clientSource(headers),
  };
}
