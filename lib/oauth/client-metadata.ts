import { z } from "zod";
import { InvalidScopeError, OAuthError } from "./errors";
import { formatScope, parseScope } from "./scope";
import type { Client, ClientType } from "./types";

/** RFC 7591 §3.2.2. */
export class InvalidRedirectUriError extends OAuthError {
  constructor(description: string) {
    super("invalid_redirect_uri", toDescription(description));
  }
}

export class InvalidClientMetadataError extends OAuthError {
  constructor(description: string) {
    super("invalid_client_metadata", toDescription(description));
  }
}

/** What a client says of itself and nothing here decides on (RFC 7591 §2), by its names on the wire. */
export type ClientDescription = z.output<typeof descriptionSchema>;

/** What a client asks to be registered as. Unchecked but for its shape: the rules are those of every application. */
export interface ClientMetadata {
  /** Null: it has given itself no name. */
  name: string | null;
  clientType: ClientType;
  grantTypes: string[];
  redirectUris: string[];
  /** Null: it names no scope. */
  scopes: string[] | null;
  tokenEndpointAuthMethod: string;
  jwks: unknown;
  jwksUri: string | null;
  requirePushedAuthorizationRequests: boolean;
  dpopBoundAccessTokens: boolean;
  description: ClientDescription;
}

/** A client as it is registered. */
export type RegisteredClient = Pick<
  Client,
  | "clientId"
  | "name"
  | "clientType"
  | "grantTypes"
  | "redirectUris"
  | "allowedScopes"
  | "tokenEndpointAuthMethod"
  | "jwks"
  | "jwksUri"
  | "requirePushedAuthorizationRequests"
  | "dpopBoundAccessTokens"
> & { description: ClientDescription };

const text = (maximum: number) =>
  z
    .string("must be a string")
    .min(1, "must not be empty")
    .max(maximum, `must have at most ${maximum} characters`)
    .regex(/^\P{C}*$/u, "must not contain control characters");

/** Shown to people as links and pictures: nothing that a browser runs, nothing that could be changed on its way. */
const webAddress = text(2000).refine(isHttpsAddress, "must be an https address");

const descriptionSchema = z.object({
  client_uri: webAddress.optional(),
  logo_uri: webAddress.optional(),
  tos_uri: webAddress.optional(),
  policy_uri: webAddress.optional(),
  contacts: z.array(text(254), "must be a list of strings").max(10, "must have at most 10 entries").optional(),
  software_id: text(255).optional(),
  software_version: text(255).optional(),
});

const strings = z.array(z.string("must be a list of strings"), "must be a list of strings");
const flag = z.boolean("must be true or false").default(false);

// What isn't named here is dropped, `skip_consent` and other policy included (RFC 7591 §2: MUST ignore).
const metadataSchema = z
  .object(
    {
      redirect_uris: strings.default([]),
      token_endpoint_auth_method: z.string("must be a string").default("client_secret_basic"),
      grant_types: strings.default(["authorization_code"]),
      response_types: strings.optional(),
      client_name: z.string("must be a string").optional(),
      scope: z.string("must be a string").optional(),
      jwks: z.unknown().optional(),
      jwks_uri: z.string("must be a string").optional(),
      require_pushed_authorization_requests: flag,
      dpop_bound_access_tokens: flag,
      ...descriptionSchema.shape,
    },
    "must be a JSON object",
  )
  .refine(({ jwks, jwks_uri }) => jwks === undefined || jwks_uri === undefined, {
    path: ["jwks_uri"],
    message: "and jwks must not both be there",
  })
  .refine(
    ({ grant_types, response_types }) => response_types === undefined || isConsistent(grant_types, response_types),
    {
      path: ["response_types"],
      message: "must be code where grant_types has authorization_code, and empty where it has not",
    },
  );

/**
 * Reads the body of a registration or an update (RFC 7591 §3.1, RFC 7592 §2.2); a null is an absent member.
 * @throws InvalidRedirectUriError, InvalidClientMetadataError
 */
export function readClientMetadata(body: unknown): ClientMetadata {
  const parsed = metadataSchema.safeParse(dropNulls(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw toError(String(issue?.path[0] ?? "The body"), issue?.message ?? "is invalid");
  }
  const metadata = parsed.data;
  return {
    name: metadata.client_name ?? null,
    clientType: metadata.token_endpoint_auth_method === "none" ? "public" : "confidential",
    grantTypes: [...new Set(metadata.grant_types)],
    redirectUris: metadata.redirect_uris,
    scopes: readScopes(metadata.scope),
    tokenEndpointAuthMethod: metadata.token_endpoint_auth_method,
    jwks: metadata.jwks ?? null,
    jwksUri: metadata.jwks_uri ?? null,
    requirePushedAuthorizationRequests: metadata.require_pushed_authorization_requests,
    dpopBoundAccessTokens: metadata.dpop_bound_access_tokens,
    description: readClientDescription(metadata),
  };
}

/** What was kept of a client's description; whatever else the column holds is not part of it. */
export function readClientDescription(stored: unknown): ClientDescription {
  return descriptionSchema.safeParse(stored).data ?? {};
}

/** The client as the wire tells of it: everything that is registered, as RFC 7591 §3.2.1 demands. */
export function writeClientMetadata(client: RegisteredClient): Record<string, unknown> {
  const optional = {
    scope: client.allowedScopes.length > 0 ? formatScope(client.allowedScopes) : null,
    jwks: client.jwks,
    jwks_uri: client.jwksUri,
  };
  return {
    client_name: client.name,
    redirect_uris: client.redirectUris,
    grant_types: client.grantTypes,
    response_types: client.grantTypes.includes("authorization_code") ? ["code"] : [],
    token_endpoint_auth_method:
      client.tokenEndpointAuthMethod ?? (client.clientType === "public" ? "none" : "client_secret_basic"),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
    dpop_bound_access_tokens: client.dpopBoundAccessTokens,
    require_pushed_authorization_requests: client.requirePushedAuthorizationRequests,
    ...client.description,
  };
}

const wireNames: Readonly<Record<string, string>> = {
  name: "client_name",
  clientType: "token_endpoint_auth_method",
  grantTypes: "grant_types",
  redirectUris: "redirect_uris",
  allowedScopes: "scope",
  tokenEndpointAuthMethod: "token_endpoint_auth_method",
  jwks: "jwks",
  jwksUri: "jwks_uri",
  requirePushedAuthorizationRequests: "require_pushed_authorization_requests",
  dpopBoundAccessTokens: "dpop_bound_access_tokens",
};

/** The messages of the rules that every application has, by its fields, as the one error that the wire can carry. */
export function toMetadataError(fieldErrors: Readonly<Record<string, readonly string[]>>): OAuthError {
  const [field, messages] = Object.entries(fieldErrors)[0] ?? ["", []];
  return toError(wireNames[field] ?? "The metadata", `is not acceptable: ${messages.join(" ")}`);
}

function toError(member: string, message: string): OAuthError {
  const description = `${member} ${message.replace(/\.?$/, ".")}`;
  return member === "redirect_uris"
    ? new InvalidRedirectUriError(description)
    : new InvalidClientMetadataError(description);
}

/** RFC 6749 §5.2, RFC 7591 §3.2.2: ASCII, without `"` and `\`. */
function toDescription(message: string): string {
  return message.replaceAll("…", "...").replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/gu, "?");
}

function readScopes(scope: string | undefined): string[] | null {
  if (scope === undefined || scope.trim() === "") return null;
  try {
    return parseScope(scope);
  } catch (error) {
    if (!(error instanceof InvalidScopeError)) throw error;
    throw new InvalidClientMetadataError("scope is malformed.");
  }
}

/** RFC 7591 §2.1: no client registers itself into an inconsistent state. Of the response types there is only `code`. */
function isConsistent(grantTypes: readonly string[], responseTypes: readonly string[]): boolean {
  const usesCode = grantTypes.includes("authorization_code");
  return responseTypes.every((type) => type === "code") && usesCode === responseTypes.length > 0;
}

function isHttpsAddress(value: string): boolean {
  if (!/^https:\/\/[\x21-\x5b\x5d-\x7e]+$/.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username === "" && password === "";
}

function dropNulls(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
