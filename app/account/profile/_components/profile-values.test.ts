import { expect, test } from "vitest";
import { profileFields } from "@/lib/services/users/profile-schema";
import { readProfileValues, toProfileInput, toProfileValues } from "./profile-values";
import { listTimeZones } from "./time-zones";

test("every field of the profile is in the form, and comes out unchanged", () => {
  const profile = Object.fromEntries(profileFields.map((field, index) => [field, index === 0 ? null : field]));
  const values = toProfileValues(profile as Parameters<typeof toProfileValues>[0]);
  expect(Object.keys(values)).toContain("given_name");
  const read = readProfileValues((name) => [values[name as keyof typeof values]]);
  expect(toProfileInput(read)).toEqual({ ...profile, [profileFields[0] ?? ""]: "" });
});

test("the chosen time zone stays in the list", () => {
  expect(listTimeZones("Mars/Olympus")).toContain("Mars/Olympus");
  expect(listTimeZones(null)).toEqual(expect.arrayContaining(["UTC", "Europe/Berlin"]));
});
