import type { ClientSettings, SettingName } from "@/lib/oauth/ports/client-settings";
import { formatIdTokenReaders, type IdTokenReader, idTokenReaders } from "./id-token-readers";

/** What people are told of a setting, wherever they meet it. What isn't said here has a place made by hand there. */
export interface SettingTexts<Value = never> {
  /** Where the form has its field, of which the rest follows from its kind. */
  group?: "application" | "authentication" | "permissions" | "requests" | "signatures" | "sign_in" | "sign_out";
  label?: string;
  hint?: string;
  placeholder?: string;
  /** What it is called to choose none. */
  none?: string;
  /** What makes the field void beside what the setting needs, or it void without. */
  hiddenBy?: "profile" | "message_signing";
  onlyWith?: "own_key" | "pairwise";
  /** Said of a value that is none of its choices. */
  invalid?: string;
  /** Said to whoever isn't an administrator and turns on what only administrators decide. */
  refusal?: string;
  /** The help of its option on the command line. */
  option?: string;
  /** Its line on the application's page; null: none. */
  shown?: { on: "overview" | "sign_in"; label: string; describe: (value: Value) => string | null; verbatim?: true };
  /** What it means to a program of the application. */
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
    label: "What it signs that with",
    onlyWith: "own_key",
    ...clientAlgorithm,
  },
  jwks: {
    group: "authentication",
    label: "Public keys",
    hint: "For an application that signs who it is, or its requests. A JSON Web Key Set with the public half only: RSA from 2048 bits, P-256, P-384, P-521 or Ed25519.",
    placeholder: '{"keys": [{"kty": "EC", "crv": "P-256", "kid": "2026-11", …}]}',
  },
  jwksUri: {
    group: "authentication",
    label: "Or the address of the keys",
    hint: "Then it can change its keys by itself: they are fetched from there (jwks_uri).",
    placeholder: "https://app.example.com/.well-known/jwks.json",
  },
  allowedScopes: {},
  skipConsent: {
    group: "permissions",
    label: "Skip consent",
    hint: "Never ask people whether they allow it. For applications of your own organisation only.",
    refusal: "Only an administrator can let an application skip consent.",
  },
  redirectsBeforeSignIn: {
    group: "permissions",
    label: "Redirect errors before sign-in",
    hint: "Vouch for the redirect URIs: an invalid request returns to the application at once. Otherwise the browser first shows where it would go, as a link.",
    refusal: "Only an administrator can let an application be redirected to before sign-in.",
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
    hint: "It hands each authorization request to this server first, so that nobody can change it in the browser.",
    hiddenBy: "profile",
  },
  dpopBoundAccessTokens: {
    group: "requests",
    label: "Only sender-constrained tokens (DPoP)",
    hint: "Every token is bound to a key of the application: whoever steals one can't use it.",
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
    hint: "Every authorization request is signed with a key of the application, which stands above.",
    hiddenBy: "message_signing",
  },
  requestObjectSigningAlg: { group: "requests", label: "What it signs requests with", ...clientAlgorithm },
  requestUris: {
    group: "requests",
    label: "Addresses of signed requests",
    hint: "One to a line: where the application publishes requests for this server to fetch (request_uris).",
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
    label: "Authorization answers signed with",
    hint: "Where it asks for a signed one (JARM).",
    invalid: serverAlgorithm,
  },
  introspectionSignedResponseAlg: {
    group: "signatures",
    label: "Introspection answers signed with",
    hint: "Where it asks for a signed one.",
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
    label: "Longest time since the sign-in, in seconds",
    hint: "Who signed in longer ago is asked for the password again. Empty: as long as the session lasts.",
    placeholder: "3600",
  },
  defaultAcrValues: {
    group: "sign_in",
    label: "Authentication contexts asked for",
    hint: "For requests that name none (acr_values). This server knows 1: signed in, with a password at least.",
    placeholder: "1",
  },
  requireAuthTime: {
    group: "sign_in",
    label: "Always tell the time of the sign-in",
    hint: "The application relies on auth_time in each ID token.",
  },
  initiateLoginUri: {
    group: "sign_in",
    label: "Where a sign-in can be started from outside",
    hint: "The application's own page that begins one (initiate_login_uri).",
    placeholder: "https://app.example.com/login",
  },
  postLogoutRedirectUris: {
    group: "sign_out",
    label: "Addresses after sign-out",
    hint: "One to a line: where people may be sent when the application has signed them out here (post_logout_redirect_uris).",
    placeholder: "https://app.example.com/goodbye",
  },
  backchannelLogoutUri: {
    group: "sign_out",
    label: "Back-channel sign-out",
    hint: "This server itself tells the application at this address that a session has ended.",
    placeholder: "https://app.example.com/backchannel-logout",
  },
  backchannelLogoutSessionRequired: { group: "sign_out", label: "It must be told which session (back-channel)" },
  frontchannelLogoutUri: {
    group: "sign_out",
    label: "Front-channel sign-out",
    hint: "The browser opens this address in a frame of the page that says goodbye. On the origin of one of the addresses that people are sent back to.",
    placeholder: "https://app.example.com/frontchannel-logout",
  },
  frontchannelLogoutSessionRequired: { group: "sign_out", label: "It must be told which session (front-channel)" },
};

/** The texts of any setting, without what depends on the type of its value. */
export function textsOf(name: SettingName): Omit<SettingTexts, "shown" | "quickStart"> {
  return settingTexts[name];
}
