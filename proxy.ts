import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { browserCookieAttributes, cookieAttributes, hostCookieName, stateCookieAttributes } from "@/lib/auth/cookies";
import { type MovedCookies, moveFormerCookies } from "@/lib/auth/former-cookies";
import { isOwnPost } from "@/lib/auth/own-origin";
import { currentSettings } from "@/lib/current-settings";
import { deployment } from "@/lib/deployment";
import { nonceHeader, securityHeaders } from "@/lib/http/security-headers";
import { uiLocalesHeader } from "@/lib/messages/ui-locales-header";
import { endpoints, toPattern } from "@/lib/oauth/endpoints";

/** On these paths, a form's redirects end at the requesting application, wherever that is. */
const leadsToApplications = /^\/(login|logout|consent|no-access|o\/authorize|o\/logout)(\/|$)/;

/** Not /o/authorized_tokens: with `no-referrer` its forms would have `Origin: null`. */
const authorizationEndpoint = toPattern([endpoints.authorization.path]);

/**
 * Only headers and the browser's ID: every page, action and route decides by itself who may do what. Bypassing this
 * would let nobody in.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString("base64");
  const headers = securityHeaders({
    nonce,
    formAction: leadsToApplications.test(request.nextUrl.pathname) ? null : "'self'",
    https: currentSettings().publicUrl.startsWith("https:"),
    development: deployment().isDevelopment,
  });
  const forwarded = new Headers(request.headers);
  forwarded.set(nonceHeader, nonce);
  // Next.js reads the nonce for its own scripts from here.
  forwarded.set("content-security-policy", headers["Content-Security-Policy"] ?? "");

  forwarded.set(uiLocalesHeader, request.nextUrl.searchParams.get("ui_locales") ?? "");

  const given = await giveCookies(request);
  if (given.length > 0) {
    const sent = given.filter(({ value }) => value !== "").map(({ name, value }) => `${name}=${value}`);
    forwarded.set("cookie", [request.headers.get("cookie"), ...sent].filter(Boolean).join("; "));
  }
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const cookie of given) response.cookies.set(cookie);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  if (authorizationEndpoint.test(request.nextUrl.pathname)) {
    response.headers.set("Referrer-Policy", "no-referrer");
    // This endpoint decides itself who may frame its answers: nobody, except for silent requests.
    for (const name of ["Content-Security-Policy", "X-Frame-Options"]) response.headers.delete(name);
  }
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/** A cross-site POST carries no Lax cookie although the browser has one, so it must not be given another. */
function sendsItsCookies({ method, headers }: NextRequest): boolean {
  return method === "GET" || method === "HEAD" || (method === "POST" && isOwnPost(headers));
}

/**
 * What a browser without an ID gets: a new one, or what it had under former names. The page sees these cookies as if
 * they had been sent.
 */
async function giveCookies(request: NextRequest) {
  const name = hostCookieName("browser");
  if (request.cookies.has(name)) return [];
  const moved = await moveFormerCookies((former) => request.cookies.get(former)?.value);
  if (!moved && !sendsItsCookies(request)) return [];
  const value = moved?.browserId ?? randomBytes(32).toString("base64url");
  const given = [{ name, value, ...browserCookieAttributes() }];
  return moved ? [...given, ...describeMoved(moved)] : given;
}

function describeMoved({ session, state, obsolete }: MovedCookies) {
  const { sessionLifetime: maxAge } = currentSettings();
  const sealed = session && { name: hostCookieName("session"), value: session.sealed, maxAge: session.maxAge };
  return [
    ...(sealed ? [{ ...sealed, ...cookieAttributes() }] : []),
    ...(state ? [{ name: hostCookieName("state"), value: state, maxAge, ...stateCookieAttributes() }] : []),
    ...obsolete.map((former) => ({ name: former, value: "", maxAge: 0, ...cookieAttributes() })),
  ];
}

export const config = {
  // Excludes files, endpoints that never answer with a page, and pages that decide themselves what may frame or be
  // framed. Next.js reads it from the source, so it is written out here; `proxy.test.ts` compares it with the table of
  // endpoints.
  matcher: [
    "/((?!_next/static|_next/image|icon.svg|favicon.ico|icon-192.png|icon-512.png|apple-touch-icon.png|manifest.webmanifest|robots.txt|(?:o/)?\\.well-known/|(?:o/(?:par|device-authorization|token|revoke_token|introspect|userinfo|check-session|register|logged-out|logo)|resource)(?:/|$)).*)",
  ],
};
