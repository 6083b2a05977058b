import { deviceCodeGrant } from "@/lib/oauth/types";
import type { ApplicationInput } from "@/lib/services/applications/application-schema";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";

/** The form's fields by their names in the HTML. Free of Node.js: the browser and the server read the form alike. */
export interface ApplicationValues {
  name: string;
  client_id: string;
  client_secret: string;
  client_type: string;
  authorization_grant_type: string[];
  /** One to a line; spaces part them too. */
  redirect_uris: string;
  allowed_scopes: string[];
  skip_consent: boolean;
  /** Empty: none in particular. */
  token_endpoint_auth_method: string;
  /** JSON text. */
  jwks: string;
  jwks_uri: string;
  /** As the redirect URIs. */
  allowed_origins: string;
  require_pkce: boolean;
  require_pushed_authorization_requests: boolean;
  dpop_bound_access_tokens: boolean;
}

export type ApplicationFieldName = keyof ApplicationValues;

/** The names that the use cases know the fields by, in the order of the form. */
const fieldNames: Record<string, ApplicationFieldName> = {
  name: "name",
  clientId: "client_id",
  clientSecret: "client_secret",
  clientType: "client_type",
  grantTypes: "authorization_grant_type",
  redirectUris: "redirect_uris",
  allowedScopes: "allowed_scopes",
  skipConsent: "skip_consent",
  tokenEndpointAuthMethod: "token_endpoint_auth_method",
  jwks: "jwks",
  jwksUri: "jwks_uri",
  allowedOrigins: "allowed_origins",
  requirePkce: "require_pkce",
  requirePushedAuthorizationRequests: "require_pushed_authorization_requests",
  dpopBoundAccessTokens: "dpop_bound_access_tokens",
};

/** What the form begins with: a web application with a secret, as most are. */
export const newApplicationValues: ApplicationValues = {
  name: "",
  client_id: "",
  client_secret: "",
  client_type: "confidential",
  authorization_grant_type: ["authorization_code", "refresh_token"],
  redirect_uris: "",
  allowed_scopes: [],
  skip_consent: false,
  token_endpoint_auth_method: "",
  jwks: "",
  jwks_uri: "",
  allowed_origins: "",
  require_pkce: false,
  require_pushed_authorization_requests: false,
  dpop_bound_access_tokens: false,
};

/** An application as the form shows it. */
export function toApplicationValues(application: ApplicationDetails): ApplicationValues {
  return {
    name: application.name,
    client_id: application.clientId,
    client_secret: "",
    client_type: application.clientType,
    authorization_grant_type: application.grantTypes,
    redirect_uris: application.redirectUris.join("\n"),
    allowed_scopes: application.allowedScopes,
    skip_consent: application.skipConsent,
    // "none" is a public client's only one: the form has no choice for it.
    token_endpoint_auth_method: application.clientType === "public" ? "" : (application.tokenEndpointAuthMethod ?? ""),
    jwks: application.jwks ? JSON.stringify(application.jwks, null, 2) : "",
    jwks_uri: application.jwksUri ?? "",
    allowed_origins: application.allowedOrigins.join("\n"),
    require_pkce: application.requirePkce,
    require_pushed_authorization_requests: application.requirePushedAuthorizationRequests,
    dpop_bound_access_tokens: application.dpopBoundAccessTokens,
  };
}

/** Reads the form out of whatever has its fields; `getAll` gives the texts that were sent under a name. */
export function readApplicationValues(getAll: (name: ApplicationFieldName) => string[]): ApplicationValues {
  const text = (name: ApplicationFieldName) => getAll(name)[0] ?? "";
  const isOn = (name: ApplicationFieldName) => getAll(name).length > 0;
  return {
    name: text("name"),
    client_id: text("client_id"),
    client_secret: text("client_secret"),
    client_type: text("client_type"),
    authorization_grant_type: getAll("authorization_grant_type"),
    redirect_uris: text("redirect_uris"),
    allowed_scopes: getAll("allowed_scopes"),
    skip_consent: isOn("skip_consent"),
    token_endpoint_auth_method: text("token_endpoint_auth_method"),
    jwks: text("jwks"),
    jwks_uri: text("jwks_uri"),
    allowed_origins: text("allowed_origins"),
    require_pkce: isOn("require_pkce"),
    require_pushed_authorization_requests: isOn("require_pushed_authorization_requests"),
    dpop_bound_access_tokens: isOn("dpop_bound_access_tokens"),
  };
}

/**
 * What the use cases take; they parse it, so a value that no choice of the form has is refused there. A field that the
 * form hides, because another choice makes it void, counts as empty.
 */
export function toApplicationInput(values: ApplicationValues): ApplicationInput {
  const grants = values.authorization_grant_type;
  const mayRefresh = grants.includes("authorization_code") || grants.includes(deviceCodeGrant);
  const method = values.client_type === "public" ? "" : values.token_endpoint_auth_method;
  const signs = method === "private_key_jwt";
  return {
    name: values.name,
    clientType: values.client_type,
    // Its box says what it goes with, so nobody has to untick it for a machine.
    grantTypes: grants.filter((grant) => grant !== "refresh_token" || mayRefresh),
    redirectUris: splitLines(values.redirect_uris),
    allowedScopes: values.allowed_scopes,
    skipConsent: values.skip_consent,
    tokenEndpointAuthMethod: method === "" ? null : method,
    jwks: signs ? values.jwks : null,
    jwksUri: signs ? values.jwks_uri : null,
    allowedOrigins: splitLines(values.allowed_origins),
    requirePkce: values.require_pkce,
    requirePushedAuthorizationRequests: values.require_pushed_authorization_requests,
    dpopBoundAccessTokens: values.dpop_bound_access_tokens,
  } as ApplicationInput;
}

/** Addresses, parted by lines or spaces. */
export function splitLines(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Messages by the use case's names to messages by the form's, in the form's order. */
export function toFormErrors(fieldErrors: Readonly<Record<string, string[]>>): [ApplicationFieldName, string[]][] {
  return Object.entries(fieldNames).flatMap(([field, name]) => {
    const messages = fieldErrors[field];
    return messages ? [[name, messages] as [ApplicationFieldName, string[]]] : [];
  });
}
