import { corsHeaders, exposedHeaders } from "@/lib/oauth/client/client-request";
import type { Endpoint } from "@/lib/oauth/endpoints";
import { isWebOrigin } from "@/lib/oauth/wire/address-host";
import { oauthServer } from "@/lib/oauth-server";
import type { HttpRequest } from "../http-request";
import { type Finish, type Handler, protocolRoute } from "./protocol-route";

/** Seconds; Chromium caches a preflight's answer no longer than this. */
const maximumAge = "7200";

/** Lets the scripts that may call an endpoint read an error that is answered before the caller is known. */
export function finishFor({ scripts }: Endpoint): Finish {
  return finishes[scripts];
}

const finishes: Readonly<Record<Endpoint["scripts"], Finish>> = {
  registered: allowScripts,
  any: allowAnyone,
  none: (response) => response,
};

/** Answers a browser that asks whether scripts may call an endpoint; null if none may, and there is no answer. */
export function preflightFor({ scripts, methods, caller }: Endpoint): Handler | null {
  if (scripts === "none") return null;
  if (scripts === "registered") return preflight;
  // `*` stands for every header except `Authorization`.
  const headers = caller === "bearer" ? "Authorization, *" : "*";
  return async () =>
    noContent({
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Methods": methods.join(", "),
      "Access-Control-Allow-Headers": headers,
      "Access-Control-Max-Age": maximumAge,
    });
}

/**
 * Whether scripts of a page may call an endpoint that clients call directly (RFC 9700 §2.6): yes if any application has
 * registered the page's origin. A preflight names no client, so whether the origin is that client's own is checked with
 * the request itself, whose answer the script then may or may not read. Never for the authorization endpoint.
 */
const preflight = protocolRoute(async (request) => {
  const origin = request.headers.get("origin");
  if (origin === null || !(await isAllowedOrigin(origin))) return noContent({ Vary: "Origin" });
  return noContent({
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, DPoP",
    "Access-Control-Max-Age": maximumAge,
    Vary: "Origin",
  });
}, allowScripts);

/**
 * Lets scripts of any application's origin read an answer that is given before the client is known. During an outage no
 * origin can be looked up; then any may read that there is one.
 */
export async function allowScripts(response: Response, request: HttpRequest): Promise<Response> {
  const origin = request.headers.get("origin");
  if (origin === null || !isWebOrigin(origin)) return response;
  const mayRead = response.status >= 500 || (await isAllowedOrigin(origin).catch(() => false));
  return mayRead ? withCors(response, origin) : response;
}

/** Lets any site's scripts read an error at an address that anyone may call. */
export function allowAnyone(response: Response): Response {
  return withHeaders(response, {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": exposedHeaders,
  });
}

/** The answer for a script of an allowed origin, with the headers that clients have to read. */
export function withCors(response: Response, origin: string): Response {
  const { Vary: vary, ...cors } = corsHeaders(origin);
  const allowed = withHeaders(response, cors);
  allowed.headers.append("Vary", vary);
  return allowed;
}

/** Whether any application has registered this origin. Invalid values reach neither the database nor a header. */
export async function isAllowedOrigin(origin: string): Promise<boolean> {
  return isWebOrigin(origin) && oauthServer().stores.clients.isAllowedOrigin(origin);
}

function withHeaders(response: Response, added: Readonly<Record<string, string>>): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function noContent(headers: Record<string, string>): Response {
  return new Response(null, { status: 204, headers });
}
