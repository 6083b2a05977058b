import { OAuthError } from "../wire/errors";

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

/** Our names of what the wire calls by other words, not only in another spelling. */
const wireNames: Readonly<Record<string, string>> = {
  name: "client_name",
  clientType: "token_endpoint_auth_method",
  kind: "application_type",
  allowedScopes: "scope",
};

/** `jwksUri` is `jwks_uri` on the wire. */
export function toWireName(field: string): string {
  return wireNames[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `jwks_uri` is `jwksUri` here. */
export function toFieldName(member: string): string {
  return member.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** The messages of the rules that every application has, by its fields, as the one error that the wire can carry. */
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
