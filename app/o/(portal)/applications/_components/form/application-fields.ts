import {
  type ClientSettings,
  type clientSettings,
  type SettingName,
  settingNames,
  settingOf,
} from "@/lib/oauth/ports/client-settings";
import { type SnakeCase, toCamelCase, toSnakeCase } from "@/lib/oauth/wire/spelling";

/**
 * The form's fields by their names in the HTML, in the order of the form, and their values: one text, the texts of all
 * ticked boxes, or whether the box is ticked. They are derived from the settings (lib/oauth/ports). Free of Node.js:
 * the browser and the server read the form the same way.
 */

/** Grant types have the field name that is known from elsewhere. */
type FieldName<Name extends SettingName> = Name extends "grantTypes" ? "authorization_grant_type" : SnakeCase<Name>;

interface Held {
  text: string;
  texts: string[];
  switch: boolean;
}

/** A list of addresses is one text, one per line; spaces separate them too. JSON and seconds are text. */
type HeldFor<Name extends SettingName> = (typeof clientSettings)[Name]["kind"] extends "flag"
  ? "switch"
  : (typeof clientSettings)[Name]["kind"] extends "choices" | "scopes"
    ? "texts"
    : "text";

export type ApplicationValues = { [Name in SettingName as FieldName<Name>]: Held[HeldFor<Name>] } & {
  /** The kind for which the settings below were filled in; empty if none was chosen yet. */
  settings_of_kind: string;
  client_id: string;
  client_secret: string;
};
export type ApplicationFieldName = keyof ApplicationValues;

/** Fields that aren't settings come before these. */
const others: Partial<Record<SettingName, ApplicationFieldName[]>> = {
  name: ["settings_of_kind"],
  securityProfile: ["client_id", "client_secret"],
};

export function toFieldName<Name extends SettingName>(name: Name): FieldName<Name> {
  return (name === "grantTypes" ? "authorization_grant_type" : toSnakeCase(name)) as FieldName<Name>;
}

const settingsByField = new Map<ApplicationFieldName, SettingName>(
  settingNames.map((name) => [toFieldName(name), name]),
);

export const fieldNames = settingNames.flatMap((name): ApplicationFieldName[] => [
  ...(others[name] ?? []),
  toFieldName(name),
]);

function holds(name: ApplicationFieldName): keyof Held {
  const setting = toSettingName(name);
  switch (setting && settingOf(setting).kind) {
    case "flag":
      return "switch";
    case "choices":
    case "scopes":
      return "texts";
    default:
      return "text";
  }
}

/** The order of the form is also that of its error messages: Advanced begins here. */
export const advancedFieldNames = fieldNames.slice(fieldNames.indexOf("security_profile"));

/** Reads the form; `getAll` returns the texts sent under a name. */
export function readFields(getAll: (name: ApplicationFieldName) => string[]): ApplicationValues {
  return Object.fromEntries(fieldNames.map((name) => [name, readField(name, getAll(name))])) as ApplicationValues;
}

function readField(name: ApplicationFieldName, texts: string[]): Held[keyof Held] {
  if (holds(name) === "switch") return texts.length > 0;
  if (holds(name) === "texts") return texts;
  // A list of addresses has an input for each.
  return isAddressList(name) ? texts.filter(Boolean).join("\n") : (texts[0] ?? "");
}

function isAddressList(name: ApplicationFieldName): boolean {
  const setting = toSettingName(name);
  const kind = setting && settingOf(setting).kind;
  return kind === "redirect_uris" || kind === "request_uris" || kind === "origins";
}

/** Null: the field isn't a setting. */
export function toSettingName(name: ApplicationFieldName): SettingName | null {
  return settingsByField.get(name) ?? null;
}

/** The name in the use cases. */
export function toPropertyName(name: ApplicationFieldName): string {
  return toSettingName(name) ?? toCamelCase(name);
}

/** What the form shows for a property of an application. */
export function toFieldValue(name: ApplicationFieldName, property: unknown): Held[keyof Held] {
  if (holds(name) === "switch") return property === true;
  if (holds(name) === "texts") return Array.isArray(property) ? property.map(String) : [];
  if (property === null || property === undefined) return "";
  if (Array.isArray(property)) return property.join("\n");
  return typeof property === "object" ? JSON.stringify(property, null, 2) : String(property);
}

/** Addresses, separated by lines or spaces. */
export function splitLines(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** What the form shows for these settings. */
export function showSettings(
  settings: ClientSettings,
): Omit<ApplicationValues, "settings_of_kind" | "client_id" | "client_secret"> {
  const shown = settingNames.map((name) => [toFieldName(name), toFieldValue(toFieldName(name), settings[name])]);
  return Object.fromEntries(shown);
}
