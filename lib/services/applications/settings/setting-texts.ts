import type { Messages } from "@/lib/messages/catalog";
import { problem } from "@/lib/messages/problem";
import type { TextKey } from "@/lib/messages/text-key";
import type { ClientSettings, SettingName } from "@/lib/oauth/ports/client-settings";
import { type IdTokenReader, idTokenReaders } from "./id-token-readers";

export type SettingGroup =
  | "application"
  | "authentication"
  | "permissions"
  | "requests"
  | "signatures"
  | "sign_in"
  | "sign_out";

/** Those with a label in `application-settings`, and maybe a hint, a placeholder and a text for no choice. */
export type LabelledSetting = keyof Messages["applicationSettings"]["fields"];

/** Where and how a setting is shown. Settings without an entry here are laid out by hand. */
export interface SettingTexts<Name extends SettingName = SettingName, Value = never> {
  /** The group of the form's field, whose appearance follows from its kind. */
  group?: Name extends LabelledSetting ? SettingGroup : never;
  /** What hides the field besides the setting's own requirements. */
  hiddenBy?: "profile" | "message_signing";
  onlyWith?: "own_key" | "pairwise";
  /** The message for a value that isn't one of its choices. */
  invalid?: string;
  /** The message for users who aren't administrators and turn on what only administrators decide. */
  refusal?: string;
  /** The help text of its command-line option. */
  option?: string;
  /** Its line on the application's page. */
  shown?: ShownTexts<Value>;
  /** What it means for the application's programs, as the key of a text. */
  quickStart?: (value: Value) => TextKey<Messages["quickStart"]>;
  /** Known programs that don't work without it. */
  neededBy?: readonly IdTokenReader[];
}

/** A value in words, or verbatim under the label of its field; null: no line. */
export type ShownTexts<Value = never> =
  | { on: "sign_in"; label: PageKey; describe: (value: Value) => PageKey }
  | { on: "overview"; verbatim: (value: Value) => string | null };

type PageKey = TextKey<Messages["applications"]>;

const serverAlgorithm = problem("consoleFieldProblems.application.serverAlgorithm");
const clientAlgorithm = problem("consoleFieldProblems.application.clientAlgorithm");

export const settingTexts: { readonly [Name in SettingName]: SettingTexts<Name, ClientSettings[Name]> } = {
  kind: { invalid: problem("consoleFieldProblems.application.kind") },
  name: {},
  redirectUris: {},
  claimsInIdToken: {
    group: "application",
    option: "for clients that read only the ID token, such as Grafana or Matrix Synapse",
    shown: {
      on: "sign_in",
      label: "settings.claimsInIdToken.label",
      describe: (isOn) => (isOn ? "settings.claimsInIdToken.on" : "settings.claimsInIdToken.off"),
    },
    quickStart: (isOn) => (isOn ? "notes.claimsInIdToken.on" : "notes.claimsInIdToken.off"),
    neededBy: Object.values(idTokenReaders),
  },
  groupsInTokens: {
    group: "application",
    option: "for clients that read groups only from the ID token, such as Argo CD",
  },
  securityProfile: { invalid: problem("consoleFieldProblems.application.securityProfile") },
  clientType: { invalid: problem("consoleFieldProblems.application.clientType") },
  grantTypes: { invalid: problem("consoleFieldProblems.application.grantType") },
  tokenEndpointAuthMethod: { invalid: problem("consoleFieldProblems.application.authMethod") },
  tokenEndpointAuthSigningAlg: { group: "authentication", onlyWith: "own_key", invalid: clientAlgorithm },
  jwks: { group: "authentication" },
  jwksUri: { group: "authentication" },
  allowedScopes: {},
  skipConsent: { group: "permissions", refusal: problem("consoleFieldProblems.application.skipConsent") },
  redirectsBeforeSignIn: {
    group: "permissions",
    refusal: problem("consoleFieldProblems.application.redirectsBeforeSignIn"),
  },
  allowedOrigins: {},
  requirePkce: { group: "requests", hiddenBy: "profile" },
  requirePushedAuthorizationRequests: { group: "requests", hiddenBy: "profile" },
  dpopBoundAccessTokens: { group: "requests", hiddenBy: "profile" },
  defaultApi: {
    group: "requests",
    option: "the API that its access tokens are for if a request names none (resource)",
    shown: { on: "overview", verbatim: (identifier) => identifier },
  },
  requireSignedRequestObject: { group: "requests", hiddenBy: "message_signing" },
  requestObjectSigningAlg: { group: "requests", invalid: clientAlgorithm },
  requestUris: { group: "requests" },
  idTokenSignedResponseAlg: { group: "signatures", invalid: serverAlgorithm },
  userinfoSignedResponseAlg: { group: "signatures", invalid: serverAlgorithm },
  authorizationSignedResponseAlg: { group: "signatures", invalid: serverAlgorithm },
  introspectionSignedResponseAlg: { group: "signatures", invalid: serverAlgorithm },
  subjectType: { invalid: problem("consoleFieldProblems.application.subjectType") },
  sectorIdentifierUri: { group: "sign_in", onlyWith: "pairwise" },
  defaultMaxAge: { group: "sign_in" },
  defaultAcrValues: { group: "sign_in" },
  requireAuthTime: { group: "sign_in" },
  initiateLoginUri: { group: "sign_in" },
  launchUrl: { group: "sign_in", option: "where users open it from their home page" },
  postLogoutRedirectUris: { group: "sign_out" },
  backchannelLogoutUri: { group: "sign_out" },
  backchannelLogoutSessionRequired: { group: "sign_out" },
  frontchannelLogoutUri: { group: "sign_out" },
  frontchannelLogoutSessionRequired: { group: "sign_out" },
};

/** The same of any setting, without what depends on the type of its value. */
export function textsOf(name: SettingName): Omit<SettingTexts, "shown" | "quickStart"> {
  return settingTexts[name];
}

/** Whether it has a label, as all settings of a group have. */
export function isLabelled(name: SettingName): name is LabelledSetting {
  return textsOf(name).group !== undefined;
}
