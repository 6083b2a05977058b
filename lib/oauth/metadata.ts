import { knownPrompts } from "./checks/prompt";
import { clientSigningAlgorithms } from "./client-keys";
import type { OAuthContext } from "./context";
import { dpopAlgorithms } from "./dpop";
import { defaultSigningAlgorithm } from "./sign-jwt";
import { clientAuthMethods, grantTypes, responseModes, type Scope } from "./types";

/** What the metadata tell of beside the protocol's own constants. */
export interface ServerFacts extends Pick<OAuthContext, "issuer" | "requirePushedAuthorizationRequests"> {
  scopes: readonly Scope[];
  /** Whether programs may register applications, by whatever token (RFC 7591). */
  offersRegistration: boolean;
  /** Identifiers of protected resources that publish metadata of their own (RFC 9728 §4). */
  protectedResources: readonly string[];
}

/** The languages of the pages. */
const languages = ["en"];

/**
 * The server's metadata (RFC 8414 §2 and the registrations of later RFCs), made of the lists that the checks themselves
 * use: what is advertised is what is done.
 */
export function describeServer(facts: ServerFacts): Record<string, unknown> {
  const { issuer } = facts;
  // RFC 8414 §2: not every scope has to be told of; a restricted one is nothing to ask for on one's own.
  const scopes = facts.scopes.filter((scope) => !scope.isRestricted).map(({ name }) => name);
  const members = {
    issuer,
    response_types_supported: ["code"],
    response_modes_supported: responseModes,
    grant_types_supported: grantTypes,
    scopes_supported: scopes,
    authorization_endpoint: `${issuer}/authorize/`,
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ["S256"],
    prompt_values_supported: knownPrompts,
    ui_locales_supported: languages,
    token_endpoint: `${issuer}/token/`,
    ...describeClientAuthentication("token_endpoint", clientAuthMethods),
    revocation_endpoint: `${issuer}/revoke_token/`,
    ...describeClientAuthentication("revocation_endpoint", clientAuthMethods),
    introspection_endpoint: `${issuer}/introspect/`,
    ...describeClientAuthentication("introspection_endpoint", introspectionAuthMethods),
    introspection_signing_alg_values_supported: [defaultSigningAlgorithm],
    pushed_authorization_request_endpoint: `${issuer}/par/`,
    require_pushed_authorization_requests: facts.requirePushedAuthorizationRequests,
    device_authorization_endpoint: `${issuer}/device-authorization/`,
    ...(facts.offersRegistration ? { registration_endpoint: `${issuer}/register/` } : {}),
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    dpop_signing_alg_values_supported: dpopAlgorithms,
    protected_resources: facts.protectedResources,
  };
  // RFC 8414 §3.2: "Claims with zero elements MUST be omitted from the response."
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}

/** RFC 8414 §2: beside the methods of clients, the types of access tokens by which callers are let in. */
const introspectionAuthMethods = [...clientAuthMethods.filter((method) => method !== "none"), "Bearer", "DPoP"];

function describeClientAuthentication(endpoint: string, methods: readonly string[]): Record<string, unknown> {
  return {
    [`${endpoint}_auth_methods_supported`]: methods,
    [`${endpoint}_auth_signing_alg_values_supported`]: clientSigningAlgorithms,
  };
}
