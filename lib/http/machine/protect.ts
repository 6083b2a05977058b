import { currentSettings } from "@/lib/current-settings";
import { logBounded } from "@/lib/limits/bounded-log";
import {
  checkBearer,
  describeRefusal,
  findScheme,
  type ResourceRequest,
  type TokenInfo,
} from "@/lib/oauth/access/bearer";
import { dpopNonce } from "@/lib/oauth/client/dpop";
import { OAuthError } from "@/lib/oauth/wire/errors";
import { oauthServer } from "@/lib/oauth-server";
import { clientSource } from "../client-origin";
import type { HttpRequest } from "../http-request";
import { oauthErrorResponse } from "../responses";
import { findMetadataUrl, listAudiences } from "./protected-resource-metadata";
import { protocolRoute } from "./protocol-route";

export interface Protection {
  /** All of them are required. */
  scopes: readonly string[];
  /**
   * The resource of the route: a path of this server as listed in `protected-resource-metadata.ts`, or the absolute URI
   * under which an API is registered. Tokens restricted to other APIs are refused (RFC 8707 §2); without a resource, so
   * are all restricted tokens.
   */
  resource?: string;
}

/**
 * Protects a route of an API by access token and scope (RFC 6750), and by proof of possession if the token is bound to
 * a key (RFC 9449). A project built on Latchkey protects its own routes like this:
 *
 *     export const GET = protect({ scopes: ["read"], resource: "/resource" }, async (request, token) =>
 *       Response.json({ hello: token.user }),
 *     );
 *
 * Without a valid token the answer is 401, without the scopes 403, each with its challenge.
 */
export function protect<Asked extends HttpRequest = Request>(
  { scopes, resource }: Protection,
  handler: (request: Asked, token: TokenInfo) => Promise<Response>,
): (request: Asked) => Promise<Response> {
  return protocolRoute(async (request) => {
    const context = oauthServer();
    const presented = toResourceRequest(request);
    const scheme = findScheme(presented.authorization);
    const requirement = { scopes, resource: resource === undefined ? undefined : listAudiences(resource) };
    try {
      const token = await checkBearer(context, presented, requirement);
      if (!token) return refuse(null);
      const response = await handler(request, token);
      return scheme === "DPoP" ? withNonce(response, dpopNonce(context)) : response;
    } catch (error) {
      if (error instanceof OAuthError) return refuse(error);
      throw error;
    }

    function refuse(error: OAuthError | null): Response {
      if (error) {
        const fields = { error: error.error, reason: error.cause };
        logBounded("info", fields, "access refused", clientSource(request.headers));
      }
      const { status, headers } = describeRefusal(error, scheme, findMetadataUrl(resource));
      const description = error?.description ?? "An access token is needed.";
      return oauthErrorResponse(status, error?.error ?? "unauthorized", description, headers);
    }
  });
}

/** The origin is the configured one: with a forged `Host` header, a proof for another server would match. */
function toResourceRequest({ headers, method, url }: HttpRequest): ResourceRequest {
  return {
    authorization: headers.get("authorization"),
    dpop: headers.get("dpop"),
    method,
    uri: `${currentSettings().publicUrl}${new URL(url).pathname}`,
  };
}

/**
 * RFC 9449 §8.2: with the next nonce, the next request needs no second attempt. An old one must not come from a cache.
 */
function withNonce(response: Response, nonce: string): Response {
  const headers = new Headers(response.headers);
  headers.set("DPoP-Nonce", nonce);
  headers.set("Cache-Control", "no-store");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
