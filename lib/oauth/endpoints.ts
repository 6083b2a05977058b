/**
 * Every endpoint of the protocol. Routes, metadata, the proxy's matcher, the front and the dashboard read this table,
 * so it imports nothing and holds no functions: `client-endpoints.ts` has those of the core, `lib/endpoint-routes.ts`
 * joins each endpoint with what answers it.
 */
export const endpoints = {
  /** RFC 6749 §3.1 */
  authorization: {
    path: "/o/authorize",
    methods: ["GET", "HEAD", "POST"],
    caller: "person",
    scripts: "none",
    member: "authorization_endpoint",
  },
  /** RFC 9126 */
  pushedAuthorization: {
    path: "/o/par",
    methods: ["POST"],
    caller: "client",
    scripts: "registered",
    member: "pushed_authorization_request_endpoint",
  },
  /** RFC 8628 §3.1 */
  deviceAuthorization: {
    path: "/o/device-authorization",
    methods: ["POST"],
    caller: "client",
    scripts: "registered",
    member: "device_authorization_endpoint",
  },
  /** RFC 6749 §3.2 */
  token: {
    path: "/o/token",
    methods: ["POST"],
    caller: "client",
    scripts: "registered",
    member: "token_endpoint",
  },
  /** RFC 7009 */
  revocation: {
    path: "/o/revoke_token",
    methods: ["POST"],
    caller: "client",
    scripts: "registered",
    member: "revocation_endpoint",
  },
  /** RFC 7662 §4: not by GET, or tokens would appear in URLs, which are logged. RFC 9701. Its callers are servers. */
  introspection: {
    path: "/o/introspect",
    methods: ["POST"],
    caller: "client",
    scripts: "none",
    member: "introspection_endpoint",
  },
  /** OpenID Connect Core §5.3.1 */
  userinfo: {
    path: "/o/userinfo",
    methods: ["GET", "POST"],
    caller: "bearer",
    scripts: "registered",
    member: "userinfo_endpoint",
  },
  /** OpenID Connect RP-Initiated Logout §2.1 */
  endSession: {
    path: "/o/logout",
    methods: ["GET", "HEAD", "POST"],
    caller: "person",
    scripts: "none",
    member: "end_session_endpoint",
  },
  /** OpenID Connect Session Management §3.3: a page for the frames of applications. */
  checkSession: {
    path: "/o/check-session",
    methods: ["GET", "HEAD"],
    caller: "anyone",
    scripts: "none",
    member: "check_session_iframe",
  },
  /** RFC 7591 §3 */
  registration: {
    path: "/o/register",
    methods: ["POST"],
    caller: "bearer",
    scripts: "any",
    member: "registration_endpoint",
    feature: "registration",
  },
  /** RFC 7592 §2 */
  clientConfiguration: {
    path: "/o/register/[clientId]",
    methods: ["GET", "PUT", "DELETE"],
    caller: "bearer",
    scripts: "any",
    feature: "registration",
  },
  /** RFC 8414 §2 */
  keySet: {
    path: "/o/.well-known/jwks.json",
    methods: ["GET", "HEAD"],
    caller: "anyone",
    scripts: "any",
    member: "jwks_uri",
  },
  /** RFC 8414 §3.1 and, the same, OpenID Connect Discovery §4, with the path of the issuer at either end. */
  serverMetadata: {
    path: "/.well-known/oauth-authorization-server/o",
    alsoAt: [
      "/.well-known/openid-configuration/o",
      "/o/.well-known/oauth-authorization-server",
      "/o/.well-known/openid-configuration",
    ],
    methods: ["GET", "HEAD"],
    caller: "anyone",
    scripts: "any",
  },
  /** RFC 9728 §3.1 */
  resourceMetadata: {
    path: "/.well-known/oauth-protected-resource/[[...path]]",
    methods: ["GET", "HEAD"],
    caller: "anyone",
    scripts: "any",
  },
} as const satisfies Readonly<Record<string, Endpoint>>;

export interface Endpoint {
  /**
   * On this server, answered with and without a slash at the end. `[name]` stands for one segment, `[[...name]]` for
   * any number of them.
   */
  path: string;
  alsoAt?: readonly string[];
  /** The supported methods; all others except a preflight are refused (RFC 9110 §15.5.6). */
  methods: readonly Method[];
  /** Who calls: a client with its credentials, a holder of a token, anyone, or a person's browser. */
  caller: "client" | "bearer" | "anyone" | "person";
  /**
   * Whose scripts may read answers (Fetch §3.2): those of origins that applications have registered (RFC 9700 §2.6),
   * of any site, or none.
   */
  scripts: "registered" | "any" | "none";
  /** The member of the server's metadata with its address, if there is one. */
  member?: string;
  /** The feature that this endpoint is switched off with. */
  feature?: "registration";
}

export const everyMethod = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

export type Method = (typeof everyMethod)[number];

export type EndpointName = keyof typeof endpoints;

/** The endpoints that clients call with their credentials, all by one pipeline (`client/client-request.ts`). */
export type ClientEndpointName = {
  [Name in EndpointName]: (typeof endpoints)[Name]["caller"] extends "client" ? Name : never;
}[EndpointName];

const issuerPath = "/o";

/** The issuer of a server at this address. */
export function toIssuer(publicUrl: string): string {
  return `${publicUrl}${issuerPath}`;
}

export function listEndpoints(): Endpoint[] {
  return Object.values(endpoints);
}

export function listPaths({ path, alsoAt = [] }: Endpoint): string[] {
  return [path, ...alsoAt];
}

/** The identifier of an endpoint under the issuer: its address without the slash. */
export function endpointUri(issuer: string, name: EndpointName): string {
  return `${issuer}${endpoints[name].path.slice(issuerPath.length)}`;
}

/** The address of an endpoint as it is published: with the slash that clients of Django OAuth Toolkit know. */
export function endpointUrl(issuer: string, name: EndpointName): string {
  const uri = endpointUri(issuer, name);
  return uri.endsWith(".json") ? uri : `${uri}/`;
}

/** Matches a path of the table, with or without a slash at the end; a `[name]` is a group. */
export function toPattern(paths: readonly string[]): RegExp {
  const sources = paths.map((path) =>
    path
      .replaceAll(".", "\\.")
      .replace(/\/\[\[.*\]\]$/, "(?:/.*)?")
      .replace(/\[[^\]]*\]/, "([^/]+)"),
  );
  return new RegExp(`^(?:${sources.join("|")})/?$`);
}

/** The segment of a request's path that is `[name]` in the table. */
export function readPathParameter(name: EndpointName, pathname: string): string {
  return decodeURIComponent(toPattern([endpoints[name].path]).exec(pathname)?.[1] ?? "");
}
