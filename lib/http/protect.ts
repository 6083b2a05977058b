import { log } from "@/lib/log";
import { bearerChallenge, checkBearer, type TokenInfo } from "@/lib/oauth/bearer";
import { OAuthError } from "@/lib/oauth/errors";
import { oauthServer } from "@/lib/oauth-server";
import { protocolRoute } from "./protocol-route";
import { oauthErrorResponse } from "./responses";

/**
 * Protects a route of an API by access token and scope (RFC 6750). This is how a project on top of Latchkey guards its
 * own routes:
 *
 *     export const GET = protect({ scopes: ["read"] }, async (request, token) => Response.json({ hello: token.user }));
 *
 * Without a good token the answer is 401, without the scopes 403, each with its challenge.
 */
export function protect(
  requirement: { scopes: readonly string[] },
  handler: (request: Request, token: TokenInfo) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return protocolRoute(async (request) => {
    try {
      const token = await checkBearer(oauthServer(), request.headers.get("authorization"), requirement.scopes);
      return token ? await handler(request, token) : refuse(null);
    } catch (error) {
      if (error instanceof OAuthError) return refuse(error);
      throw error;
    }
  });
}

function refuse(error: OAuthError | null): Response {
  if (error) log().info({ error: error.error }, "access refused");
  return oauthErrorResponse(
    error?.status ?? 401,
    error?.error ?? "unauthorized",
    error?.description ?? "An access token is needed.",
    { "WWW-Authenticate": bearerChallenge(error) },
  );
}
