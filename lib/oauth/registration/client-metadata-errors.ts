import { type SettingName, settingNames, settingOf } from "../ports/client-settings";
import { OAuthError } from "../wire/errors";
import { toSnakeCase } from "../wire/spelling";

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

/** A setting's name on the wire; for one without, its name here in snake case. */
export function toWireName(setting: string): string {
  return settingNames.some((name) => name === setting)
    ? (settingOf(setting as SettingName).wire ?? toSnakeCase(setting))
    : toSnakeCase(setting);
}

/** The messages of the rules of all applications, by field, as the single error that the wire allows. */
export function toMetadataError(fieldErrors: Readonly<Record<string, readonly string[]>>): OAuthError {
  const [field, messages] = Object.entries(fieldErrors)[0] ?? ["", []];
  const member = field === "" || field === "form" ? "The metadata" : toWireName(field);
  return toMemberError(member, `is not acceptable: ${messages.join(" ")}`);
}

/** What is wrong with one member, by its name on the wire. */
export function toMemberError(member: string, message: string): OAuthError {
  const description = `${member} ${message.replace(/\.?$/, ".")}`;
  return member === "redirect_uris"
    ? new InvalidRedirectUriError(description)
    : new InvalidClientMetadataError(description);
}

/** RFC 6749 §5.2, RFC 7591 §3.2.2: ASCII, without `"` and `\`. */
function toDescription(message: string): string {
  return message.replaceAll("…", "...").replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/gu, "?");
}
