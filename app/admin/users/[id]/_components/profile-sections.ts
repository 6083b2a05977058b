import { toSnakeCase } from "@/lib/oauth/wire/spelling";
import type { UserDetails } from "@/lib/services/users/manage/get-user";
import { type ProfileField, profileFields } from "@/lib/services/users/profile-schema";

/** The fields of each section of the profile that is saved by itself; `account` and `notes` have others as well. */
export const profileSections = {
  account: ["phoneNumber"],
  name: ["name", "givenName", "familyName", "middleName", "nickname"],
  about: ["birthdate", "gender", "locale", "zoneinfo", "pictureUrl", "profileUrl", "websiteUrl"],
  address: ["streetAddress", "postalCode", "locality", "region", "country"],
  notes: [],
} as const satisfies Record<string, readonly ProfileField[]>;

export type ProfileSection = keyof typeof profileSections;

export const sectionNames = Object.keys(profileSections) as ProfileSection[];

/** What the fields of all sections hold before anything is typed, by their names in the HTML. */
export function toValues(user: UserDetails): Record<string, string> {
  return {
    username: user.username,
    email: user.email,
    notes: user.notes ?? "",
    ...Object.fromEntries(profileFields.map((field) => [toSnakeCase(field), user[field] ?? ""])),
  };
}
