import type { ClientSettings, SettingName } from "@/lib/oauth/ports/client-settings";
import { formatIdTokenReaders, type IdTokenReader, idTokenReaders } from "./id-token-readers";

/** The texts of a setting, wherever it is shown. Settings without a text here are laid out by hand. */
export interface SettingTexts<Value = never> {
  /** The group of the form's field, whose appearance follows from its kind. */
  group?: "application" | "authentication" | "permissions" | "requests" | "signatures" | "sign_in" | "sign_out";
  label?: string;
  hint?: string;
  placeholder?: string;
  /** The label for choosing none. */
  none?: string;
  /** What hides the field besides the setting's own requirements. */
  hiddenBy?: "profile" | "message_signing";
  onlyWith?: "own_key" | "pairwise";
  /** The message for a value that isn't one of its choices. */
  invalid?: string;
  /** The message for users who aren't administrators and turn on what only administrators decide. */
  refusal?: string;
  /** The help text of its command-line option. */
  option?: string;
  /** Its line on the application's page; null: none. */
  shown?: { on: "overview" | "sign_in"; label: string; describe: (value: Value) => string | null; verbatim?: true };
  /** What it means for the application's programs. */
  quickStart?: (value: Value) => string;
  /** Known programs that don't work without it. */
  neededBy?: readonly IdTokenReader[];
}

const serverAlgorithm = "Choose one of the algorithms the server signs with.";
const clientAlgorithm = { none: "Any algorithm that its keys allow", invalid: "Unknown algorithm." };

export const settingTexts: { readonly [Name in SettingName]: SettingTexts<ClientSettings[Name]> } = {
  kind: { invalid: "Choose a kind of application." },
  name: {},
  redirectUris: {},
  claimsInIdToken: {
    group: "application",
    label: "Claims in the ID token",
    hint: `For clients that read only the ID token and never ask userinfo: ${formatIdTokenReaders()}. It then contains the claims of the granted scopes, such as name and e-mail address.`,
    option: "for clients that read only the ID token, such as Grafana or Matrix Synapse",
    shown: {
      on: "sign_in",
      label: "Claims",
      describe: (isOn) => (isOn ? "In the ID token and at userinfo" : "At userinfo"),
    },
    quickStart: (isOn) =>
      isOn
        ? "ID tokens contain the claims of the granted scopes, such as name and e-mail address. Userinfo returns the same."
        : `Name, e-mail address and other claims come from userinfo. ${formatIdTokenReaders()} read only the ID token: for them, edit the application and turn on “Claims in the ID token”.`,
    neededBy: Object.values(idTokenReaders),
  },
  securityProfile: { invalid: "Unknown security profile." },
  clientType: { invalid: "Choose a client type." },
  grantTypes: { invalid: "Unknown grant type." },
  tokenEndpointAuthMethod: { invalid: "Unknown authentication method." },
  tokenEndpointAuthSigningAlg: {
    group: "authentication",
    label: "Assertion signing algorithm",
    onlyWith: "own_key",
    ...clientAlgorithm,
  },
  jwks: {
    group: "authentication",
    label: "Public keys",
    hint: "For applications that sign assertions or requests. A JSON Web Key Set with the public half only: RSA from 2048 bits, P-256, P-384, P-521 or Ed25519.",
    placeholder: '{"keys": [{"kty": "EC", "crv": "P-256", "kid": "2026-11", …}]}',
  },
  jwksUri: {
    group: "authentication",
    label: "Or JWKS URI",
    hint: "Keys are fetched from here, so the application can rotate them on its own.",
    placeholder: "https://app.example.com/.well-known/jwks.json",
  },
  allowedScopes: {},
  skipConsent: {
    group: "permissions",
    label: "Skip consent",
    hint: "Never ask users for consent. Only for applications of your own organisation.",
    refusal: "Only an administrator can let an application skip consent.",
  },
  redirectsBeforeSignIn: {
    group: "permissions",
    label: "Redirect errors before sign-in",
    hint: "Trust the redirect URIs: errors redirect to the application at once. Otherwise a page first shows where they lead.",
    refusal: "Only an administrator can allow redirects before sign-in.",
  },
  allowedOrigins: {
    label: "Allowed origins (CORS)",
    placeholder: "https://app.example.com",
  },
  requirePkce: {
    group: "requests",
    label: "Require PKCE",
    hint: "Refuse authorization requests without a code challenge (S256). Public clients must always send one.",
    hiddenBy: "profile",
  },
  requirePushedAuthorizationRequests: {
    group: "requests",
    label: "Require pushed requests (PAR)",
    hint: "The application sends each authorization request to this server first, so it can't be changed in the browser.",
    hiddenBy: "profile",
  },
  dpopBoundAccessTokens: {
    group: "requests",
    label: "Only sender-constrained tokens (DPoP)",
    hint: "Every token is bound to a key of the application, so a stolen one can't be used.",
    hiddenBy: "profile",
  },
  defaultApi: {
    group: "requests",
    label: "Default API",
    hint: "The identifier of an API. Requests that name no API (resource) get access tokens for this one, in its format, such as JWT. With the scope openid they work at userinfo as well.",
    placeholder: "https://api.example.com",
    option: "the API that its access tokens are for if a request names none (resource)",
    shown: { on: "overview", label: "Default API", describe: (identifier) => identifier, verbatim: true },
  },
  requireSignedRequestObject: {
    group: "requests",
    label: "Only signed requests (JAR)",
    hint: "Every authorization request must be signed with one of the application's keys.",
    hiddenBy: "message_signing",
  },
  requestObjectSigningAlg: { group: "requests", label: "Request object signing algorithm", ...clientAlgorithm },
  requestUris: {
    group: "requests",
    label: "Addresses of signed requests",
    hint: "One per line. Where the application publishes requests for this server to fetch (request_uris).",
    placeholder: "https://app.example.com/request.jwt",
  },
  idTokenSignedResponseAlg: { group: "signatures", label: "ID tokens signed with", invalid: serverAlgorithm },
  userinfoSignedResponseAlg: {
    group: "signatures",
    label: "Userinfo signed with",
    none: "Not signed: plain JSON",
    invalid: serverAlgorithm,
  },
  authorizationSignedResponseAlg: {
    group: "signatures",
    label: "Authorization responses signed with",
    hint: "If it requests signed responses (JARM).",
    invalid: serverAlgorithm,
  },
  introspectionSignedResponseAlg: {
    group: "signatures",
    label: "Introspection responses signed with",
    hint: "If it requests a signed response.",
    invalid: serverAlgorithm,
  },
  subjectType: { invalid: "Unknown subject type." },
  sectorIdentifierUri: {
    group: "sign_in",
    label: "Sector identifier",
    hint: "Applications in one sector know users by the same identifier. Enter the address of a JSON list of all their redirect URIs; required if those are on several hosts. An application with the device grant, or with redirect URIs other than https, is always a sector of its own.",
    placeholder: "https://example.com/sector.json",
    onlyWith: "pairwise",
  },
  defaultMaxAge: {
    group: "sign_in",
    label: "Default max age (seconds)",
    hint: "Users who signed in longer ago have to sign in again. Empty: no limit within the session.",
    placeholder: "3600",
  },
  defaultAcrValues: {
    group: "sign_in",
    label: "Default ACR values",
    hint: "For requests without acr_values. This server knows 1: signed in with at least a password.",
    placeholder: "1",
  },
  requireAuthTime: {
    group: "sign_in",
    label: "Require auth_time",
    hint: "Include auth_time in every ID token.",
  },
  initiateLoginUri: {
    group: "sign_in",
    label: "Initiate login URI",
    hint: "The application's page that starts a sign-in (initiate_login_uri).",
    placeholder: "https://app.example.com/login",
  },
  postLogoutRedirectUris: {
    group: "sign_out",
    label: "Addresses after sign-out",
    hint: "One per line. Where users may be sent after the application has signed them out (post_logout_redirect_uris).",
    placeholder: "https://app.example.com/goodbye",
  },
  backchannelLogoutUri: {
    group: "sign_out",
    label: "Back-channel sign-out",
    hint: "This server notifies the application at this address when a session ends.",
    placeholder: "https://app.example.com/backchannel-logout",
  },
  backchannelLogoutSessionRequired: { group: "sign_out", label: "Require session ID (back-channel)" },
  frontchannelLogoutUri: {
    group: "sign_out",
    label: "Front-channel sign-out",
    hint: "Opened in a frame of the sign-out page. Must have the origin of one of the redirect URIs.",
    placeholder: "https://app.example.com/frontchannel-logout",
  },
  frontchannelLogoutSessionRequired: { group: "sign_out", label: "Require session ID (front-channel)" },
};

/** The texts of any setting, without those that depend on the type of its value. */
export function textsOf(name: SettingName): Omit<SettingTexts, "shown" | "quickStart"> {
  return settingTexts[name];
}
