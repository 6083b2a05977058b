import { isWebOrigin } from "@/lib/oauth/address-host";
import { corsHeaders } from "@/lib/oauth/client-request";
import { oauthServer } from "@/lib/oauth-server";
import { protocolRoute } from "./protocol-route";

/** Seconds; Chromium keeps the answer to a preflight no longer than this. */
const maximumAge = "7200";

/**
 * Answers a browser that asks whether scripts of a page may talk to an endpoint that clients call directly (RFC 9700
 * §2.6): yes where any application has named the page's origin. A preflight tells of no client, so which one it is for is
 * looked at with the request itself, whose answer the script may read or not. Never for the authorization endpoint.
 */
export const preflight = protocolRoute(async (request) => {
  const origin = request.headers.get("origin");
  if (origin === null || !(await isAllowedOrigin(origin))) return noContent({ Vary: "Origin" });
  return noContent({
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, DPoP",
    "Access-Control-Max-Age": maximumAge,
    Vary: "Origin",
  });
});

/** The same for what is public and holds nothing of anyone: any page, whatever headers its scripts send along. */
export function publicPreflight(): Response {
  return noContent({
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": maximumAge,
  });
}

/** Whether any application has named this origin. Junk reaches neither the database nor a header. */
export async function isAllowedOrigin(origin: string): Promise<boolean> {
  return isWebOrigin(origin) && oauthServer().stores.clients.isAllowedOrigin(origin);
}

/** The answer for a script of an allowed origin, with the headers that clients have to read. */
export function withCors(response: Response, origin: string): Response {
  const headers = new Headers(response.headers);
  const { Vary: vary, ...cors } = corsHeaders(origin);
  for (const [name, value] of Object.entries(cors)) headers.set(name, value);
  headers.append("Vary", vary);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function noContent(headers: Record<string, string>): Response {
  return new Response(null, { status: 204, headers });
}
