/**
 * The form's fields by their names in the HTML, in the order of the form, and what each holds: one text, the texts of
 * all boxes that are ticked, or whether its one box is. Free of Node.js: the browser and the server read the form
 * alike.
 */
const fields = {
  kind: "text",
  /** The kind that the settings below were filled in for; empty if none was chosen yet. */
  settings_of_kind: "text",
  name: "text",
  /** One to a line; spaces part them too. So with every list of addresses. */
  redirect_uris: "text",
  claims_in_id_token: "switch",
  client_id: "text",
  client_secret: "text",
  /** Empty: none. */
  security_profile: "text",
  client_type: "text",
  authorization_grant_type: "texts",
  /** Empty: none in particular. */
  token_endpoint_auth_method: "text",
  token_endpoint_auth_signing_alg: "text",
  /** JSON text. */
  jwks: "text",
  jwks_uri: "text",
  allowed_scopes: "texts",
  skip_consent: "switch",
  redirects_before_sign_in: "switch",
  allowed_origins: "text",
  require_pkce: "switch",
  require_pushed_authorization_requests: "switch",
  dpop_bound_access_tokens: "switch",
  /** The identifier of an API; empty: none. */
  default_api: "text",
  require_signed_request_object: "switch",
  request_object_signing_alg: "text",
  request_uris: "text",
  id_token_signed_response_alg: "text",
  userinfo_signed_response_alg: "text",
  authorization_signed_response_alg: "text",
  introspection_signed_response_alg: "text",
  /** Seconds. */
  default_max_age: "text",
  require_auth_time: "switch",
  default_acr_values: "text",
  subject_type: "text",
  sector_identifier_uri: "text",
  initiate_login_uri: "text",
  post_logout_redirect_uris: "text",
  backchannel_logout_uri: "text",
  backchannel_logout_session_required: "switch",
  frontchannel_logout_uri: "text",
  frontchannel_logout_session_required: "switch",
} as const satisfies Record<string, keyof Held>;

interface Held {
  text: string;
  texts: string[];
  switch: boolean;
}

export type ApplicationValues = { -readonly [Name in keyof typeof fields]: Held[(typeof fields)[Name]] };
export type ApplicationFieldName = keyof ApplicationValues;

export const fieldNames = Object.keys(fields) as ApplicationFieldName[];

/** The order of the form is the one of its error messages: what stands under Advanced begins here. */
export const advancedFieldNames = fieldNames.slice(fieldNames.indexOf("security_profile"));

/** Reads the form out of whatever has its fields; `getAll` gives the texts that were sent under a name. */
export function readFields(getAll: (name: ApplicationFieldName) => string[]): ApplicationValues {
  const read = { text: first, texts: (texts: string[]) => texts, switch: (texts: string[]) => texts.length > 0 };
  return Object.fromEntries(fieldNames.map((name) => [name, read[fields[name]](getAll(name))])) as ApplicationValues;
}

function first(texts: string[]): string {
  return texts[0] ?? "";
}

/**
 * The name in the use cases. Only the grants have another one there: here it is what people who come from elsewhere
 * know.
 */
export function toPropertyName(name: ApplicationFieldName): string {
  if (name === "authorization_grant_type") return "grantTypes";
  return name.replace(/_[a-z]/g, (letter) => letter.slice(1).toUpperCase());
}

/** What the form shows for a property of an application. */
export function toFieldValue(name: ApplicationFieldName, property: unknown): Held[keyof Held] {
  if (fields[name] === "switch") return property === true;
  if (fields[name] === "texts") return Array.isArray(property) ? property.map(String) : [];
  if (property === null || property === undefined) return "";
  if (Array.isArray(property)) return property.join("\n");
  return typeof property === "object" ? JSON.stringify(property, null, 2) : String(property);
}

/** Addresses, parted by lines or spaces. */
export function splitLines(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
