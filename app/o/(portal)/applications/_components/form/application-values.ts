import type { ApplicationKind } from "@/lib/oauth/ports/client-choices";
import { defaultSettings, settingNames } from "@/lib/oauth/ports/client-settings";
import type { ApplicationDetails } from "@/lib/services/applications/get-application";
import type { IdTokenReader } from "@/lib/services/applications/settings/id-token-readers";
import { textsOf } from "@/lib/services/applications/settings/setting-texts";
import { findKind, followKind, hasSettingsOfKind, kindSettings } from "../application-kinds";
import {
  type ApplicationFieldName,
  type ApplicationValues,
  advancedFieldNames,
  fieldNames,
  readFields,
  showSettings,
  toFieldName,
  toPropertyName,
} from "./application-fields";
import { originsOf } from "./application-input";

/** The initial values of a new application's form. */
export function newApplicationValues(
  kind: ApplicationKind,
  { client_id, client_secret }: Pick<ApplicationValues, "client_id" | "client_secret">,
): ApplicationValues {
  return {
    ...showSettings(defaultSettings),
    client_id,
    client_secret,
    ...kindSettings[kind],
    kind,
    settings_of_kind: kind,
  };
}

/** The same for a program that is known to read only the ID token. */
export function newReaderValues(
  reader: IdTokenReader,
  credentials: Parameters<typeof newApplicationValues>[1],
): ApplicationValues {
  const needed = settingNames.filter((name) => textsOf(name).neededBy?.includes(reader));
  return {
    ...newApplicationValues(reader.kind, credentials),
    redirect_uris: reader.redirectUri ?? "",
    ...Object.fromEntries(needed.map((name) => [toFieldName(name), true])),
  };
}

/** An application as the form shows it. */
export function toApplicationValues(application: ApplicationDetails): ApplicationValues {
  const values = { ...showSettings(application), client_id: application.clientId, client_secret: "" };
  const { kind, allowedOrigins, redirectUris } = application;
  return {
    ...values,
    settings_of_kind: values.kind,
    // "none" is a public client's only method, so the form has no choice for it.
    token_endpoint_auth_method: application.clientType === "public" ? "" : values.token_endpoint_auth_method,
    // Left empty they follow the redirect URIs, which may be about to change.
    allowed_origins:
      kind === "single_page" && isSameSet(allowedOrigins, originsOf(redirectUris)) ? "" : values.allowed_origins,
  };
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}

/** The fields under Advanced that differ from a new application of this kind. */
export function findUncommonFields(values: ApplicationValues): ApplicationFieldName[] {
  const { client_type, authorization_grant_type, redirects_before_sign_in } = values;
  const common: ApplicationValues = {
    ...newApplicationValues(findKind(values.kind) ?? "web", values),
    ...(hasSettingsOfKind(values) && { client_type, authorization_grant_type }),
    // Depends on who registers it.
    redirects_before_sign_in,
  };
  return advancedFieldNames.filter((name) => String(values[name]) !== String(common[name]));
}

/** Reads the form, with the settings that follow from the kind. */
export function readApplicationValues(getAll: (name: ApplicationFieldName) => string[]): ApplicationValues {
  return followKind(readFields(getAll));
}

/** Converts messages by the use case's names into messages by the form's, in the form's order. */
export function toFormErrors(fieldErrors: Readonly<Record<string, string[]>>): [ApplicationFieldName, string[]][] {
  return fieldNames.flatMap((name) => {
    const messages = fieldErrors[toPropertyName(name)];
    return messages ? [[name, messages] as [ApplicationFieldName, string[]]] : [];
  });
}
