import { isUrl } from "@/lib/oauth/wire/is-url";
import { findOriginProblem } from "@/lib/services/applications/addresses/allowed-origin";
import type { ApplicationInput } from "@/lib/services/applications/settings/application-schema";
import { type ApplicationValues, splitLines } from "./application-fields";
import { actsForPeople } from "./grant-types";

/**
 * What the use cases take; they parse it, so a value that no choice of the form has is refused there. A field that the
 * form hides, because another choice makes it void, is left out and counts as empty; so does one that whoever sent the
 * form left out.
 */
export function toApplicationInput(values: ApplicationValues): ApplicationInput {
  const grants = values.authorization_grant_type;
  const usesCode = grants.includes("authorization_code");
  const isForPeople = actsForPeople(grants);
  // A public client has nothing to prove who it is with, nor to sign a request.
  const hasKeys = values.client_type !== "public";
  const redirectUris = usesCode ? splitLines(values.redirect_uris) : [];
  return {
    name: values.name,
    kind: values.kind || null,
    clientType: values.client_type,
    // Its box says what it goes with, so nobody has to untick it for a machine.
    grantTypes: grants.filter((grant) => grant !== "refresh_token" || isForPeople),
    redirectUris,
    allowedScopes: values.allowed_scopes,
    skipConsent: isForPeople && values.skip_consent,
    redirectsBeforeSignIn: usesCode && values.redirects_before_sign_in,
    allowedOrigins: readOrigins(values, redirectUris),
    requirePkce: usesCode && values.require_pkce,
    dpopBoundAccessTokens: values.dpop_bound_access_tokens,
    defaultApi: values.default_api,
    introspectionSignedResponseAlg: values.introspection_signed_response_alg || undefined,
    securityProfile: values.security_profile || null,
    ...(hasKeys ? readAuthentication(values) : {}),
    ...(usesCode ? readRequests(values) : {}),
    ...(usesCode && hasKeys ? readRequestObjects(values) : {}),
    ...(isForPeople ? readSubject(values) : {}),
  } as ApplicationInput;
}

/** The scripts of a single-page app run where it is sent back to, unless it says otherwise. */
function readOrigins({ kind, allowed_origins }: ApplicationValues, redirectUris: readonly string[]): string[] {
  const origins = splitLines(allowed_origins);
  return kind === "single_page" && origins.length === 0 ? originsOf(redirectUris) : origins;
}

/** The origins of web addresses among `uris`, each once. */
export function originsOf(uris: readonly string[]): string[] {
  const origins = uris.flatMap((uri) => (isUrl(uri) ? [new URL(uri).origin] : []));
  return [...new Set(origins)].filter((origin) => findOriginProblem(origin) === null);
}

function readAuthentication(values: ApplicationValues) {
  // A security profile has no other method: the form doesn't ask for one.
  const method = values.security_profile ? "private_key_jwt" : values.token_endpoint_auth_method;
  const signs = method === "private_key_jwt";
  return {
    tokenEndpointAuthMethod: method || null,
    tokenEndpointAuthSigningAlg: signs ? values.token_endpoint_auth_signing_alg : null,
    jwks: values.jwks,
    jwksUri: values.jwks_uri,
  };
}

/** What is about authorization requests, and about signing in by one. */
function readRequests(values: ApplicationValues) {
  return {
    requirePushedAuthorizationRequests: values.require_pushed_authorization_requests,
    authorizationSignedResponseAlg: values.authorization_signed_response_alg || undefined,
    defaultMaxAge: readSeconds(values.default_max_age),
    defaultAcrValues: splitLines(values.default_acr_values),
    initiateLoginUri: values.initiate_login_uri,
    frontchannelLogoutUri: values.frontchannel_logout_uri,
    frontchannelLogoutSessionRequired: values.frontchannel_logout_session_required,
  };
}

function readRequestObjects(values: ApplicationValues) {
  return {
    requireSignedRequestObject: values.require_signed_request_object,
    requestObjectSigningAlg: values.request_object_signing_alg,
    requestUris: splitLines(values.request_uris),
  };
}

/** What is said of people, and where they or the application hear of a sign-out. */
function readSubject(values: ApplicationValues) {
  return {
    idTokenSignedResponseAlg: values.id_token_signed_response_alg || undefined,
    userinfoSignedResponseAlg: values.userinfo_signed_response_alg || null,
    requireAuthTime: values.require_auth_time,
    claimsInIdToken: values.claims_in_id_token,
    subjectType: values.subject_type || undefined,
    sectorIdentifierUri: values.sector_identifier_uri,
    postLogoutRedirectUris: splitLines(values.post_logout_redirect_uris),
    backchannelLogoutUri: values.backchannel_logout_uri,
    backchannelLogoutSessionRequired: values.backchannel_logout_session_required,
  };
}

/**
 * What isn't a whole number becomes one that the schema refuses in the same words, so that it looks at the rest as
 * well.
 */
function readSeconds(text: string): number | null {
  if (text.trim() === "") return null;
  return /^\d+$/.test(text.trim()) ? Number(text) : -1;
}
