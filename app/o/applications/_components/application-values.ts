import type { ApplicationInput } from "@/lib/services/applications/application-schema";

/** The form's fields by their names in the HTML. Free of Node.js: the browser and the server read the form alike. */
export interface ApplicationValues {
  name: string;
  client_id: string;
  client_secret: string;
  client_type: string;
  authorization_grant_type: string[];
  /** One to a line; spaces part them too. */
  redirect_uris: string;
  allowed_scopes: string[];
  require_pkce: boolean;
  skip_consent: boolean;
}

export type ApplicationFieldName = keyof ApplicationValues;

/** The names that the use cases know the fields by, in the order of the form. */
const fieldNames: Record<string, ApplicationFieldName> = {
  name: "name",
  clientId: "client_id",
  clientSecret: "client_secret",
  clientType: "client_type",
  grantTypes: "authorization_grant_type",
  redirectUris: "redirect_uris",
  allowedScopes: "allowed_scopes",
  requirePkce: "require_pkce",
  skipConsent: "skip_consent",
};

/** Reads the form out of whatever has its fields; `getAll` gives the texts that were sent under a name. */
export function readApplicationValues(getAll: (name: ApplicationFieldName) => string[]): ApplicationValues {
  const text = (name: ApplicationFieldName) => getAll(name)[0] ?? "";
  return {
    name: text("name"),
    client_id: text("client_id"),
    client_secret: text("client_secret"),
    client_type: text("client_type"),
    authorization_grant_type: getAll("authorization_grant_type"),
    redirect_uris: text("redirect_uris"),
    allowed_scopes: getAll("allowed_scopes"),
    require_pkce: getAll("require_pkce").length > 0,
    skip_consent: getAll("skip_consent").length > 0,
  };
}

/** What the use cases take; they parse it, so a value that no choice of the form has is refused there. */
export function toApplicationInput(values: ApplicationValues): ApplicationInput {
  const usesCode = values.authorization_grant_type.includes("authorization_code");
  return {
    name: values.name,
    clientType: values.client_type,
    // Its box says that it goes with the authorization code alone, so nobody has to untick it for a machine.
    grantTypes: values.authorization_grant_type.filter((grant) => grant !== "refresh_token" || usesCode),
    redirectUris: splitRedirectUris(values.redirect_uris),
    allowedScopes: values.allowed_scopes,
    requirePkce: values.require_pkce,
    skipConsent: values.skip_consent,
  } as ApplicationInput;
}

export function splitRedirectUris(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Messages by the use case's names to messages by the form's, in the form's order. */
export function toFormErrors(fieldErrors: Readonly<Record<string, string[]>>): [ApplicationFieldName, string[]][] {
  return Object.entries(fieldNames).flatMap(([field, name]) => {
    const messages = fieldErrors[field];
    return messages ? [[name, messages] as [ApplicationFieldName, string[]]] : [];
  });
}
