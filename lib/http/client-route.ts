import { logBounded } from "@/lib/bounded-log";
import type { ClientRequest, ProtocolResponse } from "@/lib/oauth/client-request";
import type { OAuthContext } from "@/lib/oauth/context";
import type { OAuthError } from "@/lib/oauth/errors";
import { oauthServer } from "@/lib/oauth-server";
import { clientOrigin, clientSource } from "./client-origin";
import { allowScripts } from "./cors";
import { type Finish, type Handler, protocolRoute } from "./protocol-route";
import { readFormText } from "./read-form";
import { protocolResponse } from "./responses";

type Answer = (
  context: OAuthContext,
  request: ClientRequest,
  onError: (error: OAuthError) => void,
) => Promise<ProtocolResponse>;

/**
 * The handler of an endpoint that clients call directly; `answer` is its function in the core. What fails outside of it
 * fails before the client is known.
 */
export function clientRoute(answer: Answer, finish: Finish = allowScripts): Handler {
  return protocolRoute(async (request) => {
    const { pathname } = new URL(request.url);
    const context = oauthServer(clientOrigin(request.headers));
    const source = clientSource(request.headers);
    const response = await answer(context, await toClientRequest(request), ({ error, cause, description }) => {
      const fields = { error, path: pathname, reason: cause ?? description };
      logBounded("info", fields, "request of a client refused", source);
    });
    return protocolResponse(response);
  }, finish);
}

async function toClientRequest(request: Request): Promise<ClientRequest> {
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
