import { type ProfileInput, profileFields } from "@/lib/services/users/profile-schema";

type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** The form's fields by their names in the HTML. */
export type ProfileValues = Record<SnakeCase<keyof ProfileInput>, string>;

/** Reads the form out of whatever has its fields; `texts` gives what was sent under a name. */
export function readProfileValues(texts: (name: string) => string[]): ProfileValues {
  return Object.fromEntries(profileFields.map(toName).map((name) => [name, texts(name)[0] ?? ""])) as ProfileValues;
}

export function toProfileInput(values: ProfileValues): ProfileInput {
  return Object.fromEntries(
    profileFields.map((field) => [field, values[toName(field) as keyof ProfileValues]]),
  ) as ProfileInput;
}

export function toProfileValues(profile: Readonly<Record<keyof ProfileInput, string | null>>): ProfileValues {
  return Object.fromEntries(profileFields.map((field) => [toName(field), profile[field] ?? ""])) as ProfileValues;
}

function toName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
