import { clientSigningAlgorithms, signingAlgorithms } from "../wire/algorithms";
import { applicationKinds, clientAuthMethods, clientTypes, securityProfiles, subjectTypes } from "./client-choices";
import type { KindValues, Setting, SettingKind, ValueOf } from "./setting-kinds";
import { grantTypes } from "./types";

/**
 * Every setting of an application, in the order of its form. The type `Client`, the columns of storage, the rules, the
 * members of a registration and the fields of the form follow from it.
 */
export const clientSettings = {
  /** Null: unknown. Only affects the port of `localhost` in a redirect URI (RFC 8252 §7.3). */
  kind: { kind: "choice", choices: applicationKinds, default: null, wire: "application_type" },
  name: { kind: "name", wire: "client_name", required: true },
  redirectUris: { kind: "redirect_uris", wire: "redirect_uris", required: true, needs: ["code"] },
  /** Its ID tokens carry the claims of the granted scopes, for clients that never ask userinfo (OIDC Core §5.4). */
  claimsInIdToken: { kind: "flag", decidedBy: "owner", needs: ["users"] },

  /** Its ID tokens and JWT access tokens contain the user's groups, if the scope `groups` was granted. */
  groupsInTokens: { kind: "flag", decidedBy: "owner", needs: ["users"] },

  /** The rules for it as a whole; null: only its own settings. */
  securityProfile: { kind: "choice", choices: securityProfiles, default: null, decidedBy: "owner" },
  /** On the wire it follows from the method. */
  clientType: { kind: "choice", choices: clientTypes, wire: "token_endpoint_auth_method", required: true },
  grantTypes: { kind: "choices", choices: grantTypes, wire: "grant_types", required: true },

  /** Null: either secret method if it is confidential, none if it is public. */
  tokenEndpointAuthMethod: {
    kind: "choice",
    choices: clientAuthMethods,
    default: null,
    wire: "token_endpoint_auth_method",
    needs: ["keys"],
  },
  /** Null: any that the server accepts. */
  tokenEndpointAuthSigningAlg: {
    kind: "choice",
    choices: clientSigningAlgorithms,
    default: null,
    wire: "token_endpoint_auth_signing_alg",
    needs: ["keys"],
  },
  /** For `private_key_jwt` and signed requests; at most one of these is set. */
  jwks: { kind: "keys", wire: "jwks", needs: ["keys"] },
  jwksUri: { kind: "address", wire: "jwks_uri", needs: ["keys"] },

  /** Empty: every scope that is not restricted. */
  allowedScopes: { kind: "scopes", wire: "scope", required: true },
  skipConsent: { kind: "flag", decidedBy: "administrator", needs: ["users"] },
  /**
   * An administrator has approved its redirect URIs, so errors may redirect there before sign-in (RFC 9700 §4.11.2).
   * Never set for an application that registered itself, unless an administrator did.
   */
  redirectsBeforeSignIn: { kind: "flag", decidedBy: "administrator", required: "or_kept", needs: ["code"] },
  /** Their scripts may read answers meant for this client. */
  allowedOrigins: { kind: "origins", decidedBy: "owner" },

  requirePkce: { kind: "flag", decidedBy: "owner", needs: ["code"] },
  /** RFC 9126 §6. */
  requirePushedAuthorizationRequests: { kind: "flag", wire: "require_pushed_authorization_requests", needs: ["code"] },
  /** RFC 9449 §5.2. */
  dpopBoundAccessTokens: { kind: "flag", wire: "dpop_bound_access_tokens" },
  /** The API that its access tokens are for if a request names none; null: no particular one. */
  defaultApi: { kind: "api", decidedBy: "owner" },
  /** RFC 9101 §10.5. */
  requireSignedRequestObject: { kind: "flag", wire: "require_signed_request_object", needs: ["code", "keys"] },
  /** Null: any that the server accepts. */
  requestObjectSigningAlg: {
    kind: "choice",
    choices: clientSigningAlgorithms,
    default: null,
    wire: "request_object_signing_alg",
    needs: ["code", "keys"],
  },
  /** OpenID Connect Core §6.2. */
  requestUris: { kind: "request_uris", wire: "request_uris", needs: ["code", "keys"] },

  /** OpenID Connect Dynamic Client Registration §2. */
  idTokenSignedResponseAlg: {
    kind: "choice",
    choices: signingAlgorithms,
    default: "RS256",
    wire: "id_token_signed_response_alg",
    needs: ["users"],
  },
  /** Null: plain JSON. */
  userinfoSignedResponseAlg: {
    kind: "choice",
    choices: signingAlgorithms,
    default: null,
    wire: "userinfo_signed_response_alg",
    needs: ["users"],
  },
  /** JARM §3. */
  authorizationSignedResponseAlg: {
    kind: "choice",
    choices: signingAlgorithms,
    default: "RS256",
    wire: "authorization_signed_response_alg",
    needs: ["code"],
  },
  /** RFC 9701 §6. */
  introspectionSignedResponseAlg: {
    kind: "choice",
    choices: signingAlgorithms,
    default: "RS256",
    wire: "introspection_signed_response_alg",
  },

  subjectType: { kind: "choice", choices: subjectTypes, default: "public", wire: "subject_type", needs: ["users"] },
  sectorIdentifierUri: { kind: "address", wire: "sector_identifier_uri", needs: ["users"] },
  /** Null: no limit. */
  defaultMaxAge: { kind: "seconds", wire: "default_max_age", needs: ["code"] },
  defaultAcrValues: { kind: "contexts", wire: "default_acr_values", needs: ["code"] },
  requireAuthTime: { kind: "flag", wire: "require_auth_time", needs: ["users"] },
  /** OpenID Connect Core §4: where a sign-in can be started from outside. */
  initiateLoginUri: { kind: "address", wire: "initiate_login_uri", needs: ["code"] },

  /** Where users open it; null: where a sign-in can be started, if anywhere. */
  launchUrl: { kind: "address", http: true, decidedBy: "owner", needs: ["users"] },

  /** RP-Initiated Logout §3.1: under the rules of redirect URIs. */
  postLogoutRedirectUris: { kind: "redirect_uris", wire: "post_logout_redirect_uris", needs: ["users"] },
  backchannelLogoutUri: { kind: "address", http: true, wire: "backchannel_logout_uri", needs: ["users"] },
  backchannelLogoutSessionRequired: { kind: "flag", wire: "backchannel_logout_session_required", needs: ["users"] },
  frontchannelLogoutUri: { kind: "address", http: true, wire: "frontchannel_logout_uri", needs: ["code"] },
  frontchannelLogoutSessionRequired: { kind: "flag", wire: "frontchannel_logout_session_required", needs: ["code"] },
} as const satisfies Record<string, Setting>;

type Table = typeof clientSettings;
export type SettingName = keyof Table;

/** The settings of an application, by name. */
export type ClientSettings = { [Name in SettingName]: ValueOf<Table[Name]> };

/** The names of the settings whose row says this, such as `{ decidedBy: "owner" }`. */
export type SettingsWith<Part> = { [Name in SettingName]: Table[Name] extends Part ? Name : never }[SettingName];
export type SettingsOfKind<Kind extends SettingKind> = SettingsWith<{ kind: Kind }>;

export const settingNames = Object.keys(clientSettings) as SettingName[];

/** A row, without the details of its type. */
export function settingOf(name: SettingName): Setting {
  return clientSettings[name];
}

export function settingsOfKind<Kind extends SettingKind>(kind: Kind): SettingsOfKind<Kind>[] {
  return settingNames.filter((name) => clientSettings[name].kind === kind) as SettingsOfKind<Kind>[];
}

const empty: KindValues = {
  name: "",
  flag: false,
  choice: null,
  choices: [],
  scopes: [],
  redirect_uris: [],
  request_uris: [],
  origins: [],
  contexts: [],
  address: null,
  keys: null,
  api: null,
  seconds: null,
};

/** The defaults of settings that are omitted; required ones have none. */
export const defaultSettings = Object.fromEntries(
  settingNames.map((name) => [name, settingOf(name).default ?? empty[settingOf(name).kind]]),
) as unknown as ClientSettings;
