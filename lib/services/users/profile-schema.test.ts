import { describe, expect, test } from "vitest";
import { type ProfileInput, profileFields, profileSchema } from "./profile-schema";

const empty = Object.fromEntries(profileFields.map((field) => [field, ""])) as ProfileInput;

function parse(change: Partial<ProfileInput>) {
  return profileSchema.safeParse({ ...empty, ...change });
}

describe("the profile of a user (OpenID Connect Core §5.1)", () => {
  test("every field is optional", () => {
    expect(Object.values(parse({}).data ?? {})).toEqual(profileFields.map(() => null));
  });

  test.each([
    ["name", "  Zoë  ", "Zoë"],
    ["name", "Zoe\u0308", "Zoë"],
    ["name", "مهسا نیک‌نام", "مهسا نیک‌نام"],
    ["nickname", "👩‍🚀", "👩‍🚀"],
    ["birthdate", "1990-02-28", "1990-02-28"],
    ["birthdate", "1990", "1990"],
    ["birthdate", "0000-02-29", "0000-02-29"],
    ["zoneinfo", "Europe/Berlin", "Europe/Berlin"],
    ["locale", "en-gb", "en-GB"],
    ["locale", "zh-Hant-TW", "zh-Hant-TW"],
    ["websiteUrl", "https://example.com/~me?x=1#y", "https://example.com/~me?x=1#y"],
    ["pictureUrl", "https://exämple.com/me.png", "https://exämple.com/me.png"],
    ["phoneNumber", "+44 (20) 7946-0018", "+442079460018"],
    ["streetAddress", "1 Main Street\r\nFlat 2\r\n", "1 Main Street\nFlat 2"],
  ] as const)("%s %j is stored as %j", (field, given, stored) => {
    expect(parse({ [field]: given }).data?.[field]).toBe(stored);
  });

  test.each([
    ["name", "x".repeat(201)],
    ["name", "two\nlines"],
    ["name", "bell\u0007"],
    ["name", "turned\u202ednuora"],
    ["name", "isolated\u2066"],
    ["name", "half \ud800"],
    ["birthdate", "1990-02-29"],
    ["birthdate", "90-02-28"],
    ["birthdate", "28.02.1990"],
    ["birthdate", "0000"],
    ["birthdate", "1990-13-01"],
    ["zoneinfo", "Europe/Atlantis"],
    ["zoneinfo", "+01:00"],
    ["locale", "english language"],
    ["websiteUrl", "javascript:alert(1)"],
    ["websiteUrl", "example.com"],
    ["websiteUrl", "https://user:password@example.com"],
    ["websiteUrl", 'https://example.com/"><script>'],
    ["pictureUrl", "data:image/png;base64,AAAA"],
    ["phoneNumber", "020 7946 0018"],
    ["phoneNumber", "+0123456789"],
    ["phoneNumber", "+44 call me"],
    ["country", "x".repeat(101)],
  ] as const)("%s can't be %j", (field, given) => {
    expect(parse({ [field]: given }).error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });
});
