import { type SnakeCase, toSnakeCase } from "@/lib/oauth/wire/spelling";
import { type ProfileInput, profileFields } from "@/lib/services/users/profile-schema";

/** The form's fields by their names in the HTML. */
export type ProfileValues = Record<SnakeCase<keyof ProfileInput>, string>;

/** Reads the form; `texts` returns what was sent under a name. */
export function readProfileValues(texts: (name: string) => string[]): ProfileValues {
  return Object.fromEntries(
    profileFields.map(toSnakeCase).map((name) => [name, texts(name)[0] ?? ""]),
  ) as ProfileValues;
}

export function toProfileInput(values: ProfileValues): ProfileInput {
  return Object.fromEntries(profileFields.map((field) => [field, values[toSnakeCase(field)]])) as ProfileInput;
}

export function toProfileValues(profile: Readonly<Record<keyof ProfileInput, string | null>>): ProfileValues {
  return Object.fromEntries(profileFields.map((field) => [toSnakeCase(field), profile[field] ?? ""])) as ProfileValues;
}
