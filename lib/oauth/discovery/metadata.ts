import { displayValues } from "../authorize/checks/display";
import { knownPrompts } from "../authorize/checks/prompt";
import { dpopAlgorithms } from "../client/dpop";
import { type Endpoint, type EndpointName, endpoints, endpointUrl } from "../endpoints";
import { acrValues } from "../openid/acr";
import { userClaims } from "../openid/claims";
import { clientAuthMethods, subjectTypes } from "../ports/client-choices";
import type { OAuthContext } from "../ports/context";
import type { ProtocolSettings } from "../ports/settings";
import { grantTypes, responseModes, type Scope } from "../ports/types";
import { clientSigningAlgorithms, signingAlgorithms } from "../wire/algorithms";

type AdvertisedSettings = Pick<
  ProtocolSettings,
  "requirePushedAuthorizationRequests" | "requestParameter" | "requestUriParameter"
>;

/** The parts of the metadata that aren't constants of the protocol. */
export interface ServerFacts extends Pick<OAuthContext, "issuer"> {
  settings: AdvertisedSettings;
  scopes: readonly Scope[];
  /** Whether programs may register applications, with or without a token (RFC 7591). */
  offersRegistration: boolean;
  /** Whether users may create their own accounts (Initiating User Registration §4.1). */
  offersSignUp: boolean;
  /** The languages of the pages, as BCP 47 tags. */
  uiLocales: readonly string[];
  /** Identifiers of protected resources that publish metadata of their own (RFC 9728 §4). */
  protectedResources: readonly string[];
}

/** Claims about a sign-in, in addition to those about the user. */
const protocolClaims = ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "azp", "at_hash", "sid"];

/**
 * The server's metadata (RFC 8414 §2, OpenID Connect Discovery §3 and later registrations), made from the lists that
 * the checks themselves use, so that they are always true.
 */
export function describeServer(facts: ServerFacts): Record<string, unknown> {
  const { issuer } = facts;
  // RFC 8414 §2: not every scope has to be listed; a restricted one can't be requested without being allowed first.
  const scopes = facts.scopes.filter((scope) => !scope.isRestricted).map(({ name }) => name);
  const members = {
    issuer,
    ...describeEndpoints(facts),
    response_types_supported: ["code"],
    response_modes_supported: responseModes,
    grant_types_supported: grantTypes,
    scopes_supported: scopes,
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ["S256"],
    prompt_values_supported: knownPrompts.filter((prompt) => prompt !== "create" || facts.offersSignUp),
    ui_locales_supported: facts.uiLocales,
    ...describeClientAuthentication("token_endpoint", clientAuthMethods),
    ...describeClientAuthentication("revocation_endpoint", clientAuthMethods),
    ...describeClientAuthentication("introspection_endpoint", introspectionAuthMethods),
    introspection_signing_alg_values_supported: signingAlgorithms,
    require_pushed_authorization_requests: facts.settings.requirePushedAuthorizationRequests,
    dpop_signing_alg_values_supported: dpopAlgorithms,
    protected_resources: facts.protectedResources,
    ...describeOpenId(),
    ...describeRequestObjects(facts.settings),
    authorization_signing_alg_values_supported: signingAlgorithms,
  };
  // RFC 8414 §3.2: "Claims with zero elements MUST be omitted from the response."
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}

/** The address of each endpoint that has a member for it and is offered. */
function describeEndpoints({ issuer, offersRegistration }: ServerFacts): Record<string, string> {
  const names = Object.keys(endpoints) as EndpointName[];
  const members = names.flatMap((name): [string, string][] => {
    const { member, feature }: Endpoint = endpoints[name];
    const isOffered = feature === undefined || offersRegistration;
    return member !== undefined && isOffered ? [[member, endpointUrl(issuer, name)]] : [];
  });
  return Object.fromEntries(members);
}

/** RFC 8414 §2: besides the methods of clients, the types of access tokens that callers can use. */
const introspectionAuthMethods = [...clientAuthMethods.filter((method) => method !== "none"), "Bearer", "DPoP"];

function describeClientAuthentication(endpoint: string, methods: readonly string[]): Record<string, unknown> {
  return {
    [`${endpoint}_auth_methods_supported`]: methods,
    [`${endpoint}_auth_signing_alg_values_supported`]: clientSigningAlgorithms,
  };
}

/** OpenID Connect Discovery §3; RP-Initiated Logout §2.1, Session Management §3.3, Back- and Front-Channel Logout. */
function describeOpenId(): Record<string, unknown> {
  return {
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    subject_types_supported: subjectTypes,
    id_token_signing_alg_values_supported: signingAlgorithms,
    userinfo_signing_alg_values_supported: signingAlgorithms,
    acr_values_supported: acrValues,
    display_values_supported: displayValues,
    claim_types_supported: ["normal"],
    claims_supported: [...protocolClaims, ...userClaims],
    claims_parameter_supported: true,
  };
}

/** RFC 9101 §10.5. Stated even if it is off: an absent `request_uri_parameter_supported` means that it is on. */
function describeRequestObjects({
  requestParameter,
  requestUriParameter,
}: AdvertisedSettings): Record<string, unknown> {
  return {
    request_parameter_supported: requestParameter,
    request_uri_parameter_supported: requestUriParameter,
    require_request_uri_registration: requestUriParameter,
    require_signed_request_object: false,
    request_object_signing_alg_values_supported: requestParameter || requestUriParameter ? clientSigningAlgorithms : [],
  };
}
