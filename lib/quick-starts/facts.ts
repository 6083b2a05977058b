import { type EndpointName, endpointUrl, toIssuer } from "@/lib/oauth/endpoints";
import { openidScopes } from "@/lib/oauth/openid/claims";
import type { Client } from "@/lib/oauth/ports/client";
import type { ClientSettings } from "@/lib/oauth/ports/client-settings";
import { deviceCodeGrant } from "@/lib/oauth/ports/types";

/** The properties of an application that decide how its programs are written. */
export type QuickStartSubject = ClientSettings & Pick<Client, "clientId">;

/** What every quick start is filled with. */
export interface QuickStartFacts {
  application: QuickStartSubject;
  issuer: string;
  /** Only while this server is being tried out on a machine of one's own. */
  isOverHttp: boolean;
  clientId: string;
  isPublic: boolean;
  /** Names separated by spaces. */
  scope: string;
  /** The first registered one, or an example. */
  redirectUri: string;
  /** Scheme, host and port of the redirect URI. */
  origin: string;
  /** Path of the redirect URI, with a leading slash. */
  callbackPath: string;
  /**
   * Where the example listens: the host and port of a redirect URI to this machine; otherwise 127.0.0.1:3000, behind a
   * proxy.
   */
  host: string;
  port: number;
  endpoint(name: EndpointName): string;
}

/** `scopes` is all that the application may request. */
export function gatherFacts(
  application: QuickStartSubject,
  { publicUrl, scopes }: { publicUrl: string; scopes: readonly string[] },
): QuickStartFacts {
  const issuer = toIssuer(publicUrl);
  const redirectUri = application.redirectUris[0] ?? exampleRedirectUri;
  const { origin, pathname, hostname, port } = readAddress(redirectUri);
  return {
    application,
    issuer,
    isOverHttp: issuer.startsWith("http:"),
    clientId: application.clientId,
    isPublic: application.clientType === "public",
    scope: chooseScope(application, scopes),
    redirectUri,
    origin,
    callbackPath: pathname,
    host: isThisMachine(hostname) ? hostname : "127.0.0.1",
    port: isThisMachine(hostname) && port !== "" ? Number(port) : 3000,
    endpoint: (name) => endpointUrl(issuer, name),
  };
}

export const exampleRedirectUri = "http://127.0.0.1:3000/callback";

/** Of an application on a device (`com.example.app:/callback`), only the path means something. */
function readAddress(redirectUri: string): Pick<URL, "origin" | "pathname" | "hostname" | "port"> {
  const url = new URL(redirectUri);
  return url.protocol.startsWith("http")
    ? url
    : { origin: "http://127.0.0.1:3000", pathname: url.pathname, hostname: "127.0.0.1", port: "3000" };
}

function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

/** The user's identity if it may have that; otherwise everything it may request. */
function chooseScope({ grantTypes }: QuickStartSubject, scopes: readonly string[]): string {
  const known = ["openid", "profile", "email"].filter((name) => scopes.includes(name));
  const others = scopes.filter((name) => !notForMachines.includes(name));
  return (actsForUsers(grantTypes) && known[0] === "openid" ? known : others).join(" ");
}

const notForMachines = [...openidScopes, "introspection"];

function actsForUsers(grantTypes: readonly string[]): boolean {
  return grantTypes.includes("authorization_code") || grantTypes.includes(deviceCodeGrant);
}

/** Most libraries can neither push nor sign requests, bind tokens or sign in with a key. */
export function isPlain({ application }: QuickStartFacts): boolean {
  const { requirePushedAuthorizationRequests, requireSignedRequestObject, dpopBoundAccessTokens } = application;
  const usesKey = application.tokenEndpointAuthMethod === "private_key_jwt";
  return !requirePushedAuthorizationRequests && !requireSignedRequestObject && !dpopBoundAccessTokens && !usesKey;
}

export function signsUsersIn({ application, scope }: QuickStartFacts): boolean {
  return application.grantTypes.includes("authorization_code") && scope.split(" ").includes("openid");
}

/** How it authenticates, in the terms of RFC 7591 §2. */
export function authMethodOf({ application, isPublic }: QuickStartFacts): string {
  if (isPublic) return "none";
  return application.tokenEndpointAuthMethod ?? "client_secret_basic";
}
