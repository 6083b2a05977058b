import { z } from "zod";
import { findHostProblem } from "@/lib/oauth/wire/address-host";
import { hasHiddenControl, isVisible } from "@/lib/oauth/wire/displayed-text";
import { isUrl } from "@/lib/oauth/wire/is-url";

/**
 * What a person says of themselves (OpenID Connect Core §5.1), the same for the form in the browser and the form on the
 * server. An empty field is a claim that isn't made: null.
 */
export const profileSchema = z.object({
  name: line("A name", 200),
  givenName: line("A name", 100),
  middleName: line("A name", 100),
  familyName: line("A name", 100),
  nickname: line("A name", 100),
  gender: line("This", 50),
  birthdate: line("A date", 10).refine(
    isBirthdate,
    "Use YYYY-MM-DD, only the year as YYYY, or 0000-MM-DD without the year.",
  ),
  profileUrl: address(),
  pictureUrl: address(),
  websiteUrl: address(),
  locale: line("A language", 35)
    .refine(isLanguageTag, "Use a language tag such as en or en-GB.")
    .transform((tag) => (tag === null ? null : (Intl.getCanonicalLocales(tag)[0] ?? null))),
  zoneinfo: line("A time zone", 64).refine(isTimeZone, "Choose a time zone from the list."),
  // OpenID Connect Core §5.1 recommends E.164; people put spaces and brackets into it.
  phoneNumber: line("A number", 40)
    .transform((value) => value?.replace(/[\s().\-/\u2010-\u2013]/g, "") ?? null)
    .refine(
      (value) => value === null || /^\+[1-9]\d{6,14}$/.test(value),
      "Include the country code, for example +44 20 7946 0018.",
    ),
  streetAddress: text("An address", 500),
  postalCode: line("A postal code", 20),
  locality: line("A place", 100),
  region: line("A region", 100),
  country: line("A country", 100),
});

export type ProfileInput = z.input<typeof profileSchema>;
export type ProfileFields = z.output<typeof profileSchema>;
export type ProfileField = keyof ProfileFields;

export const profileFields = Object.keys(profileSchema.shape) as ProfileField[];

/** Several lines. Letters are put together in one way (NFC), so that what looks the same is the same. */
function text(what: string, maximum: number) {
  return z
    .string()
    .transform((value) => value.normalize("NFC").replace(/\r\n?/g, "\n").trim())
    .pipe(
      z
        .string()
        .max(maximum, `${what} may have at most ${maximum} characters.`)
        .refine(
          (value) => !hasHiddenControl(value.replaceAll("\n", "")),
          "This contains characters that can't be shown.",
        ),
    )
    .transform((value) => (isVisible(value) ? value : null));
}

function line(what: string, maximum: number) {
  return text(what, maximum).refine((value) => !value?.includes("\n"), "This must be on one line.");
}

function address() {
  return line("An address", 2000).refine(
    (value) => value === null || isWebAddress(value),
    "Enter a complete address that starts with https://.",
  );
}

/** Applications make links and pictures of these: nothing that a browser runs. */
function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/[^\s"<>\\^`{|}]+$/.test(value) || !isUrl(value)) return false;
  const url = new URL(value);
  return url.username === "" && url.password === "" && findHostProblem(url) === null;
}

function isBirthdate(value: string | null): boolean {
  if (value === null) return true;
  const [, year = "", month, day] = /^(\d{4})(?:-(\d\d)-(\d\d))?$/.exec(value) ?? [];
  if (year === "" || (month === undefined && year === "0000")) return false;
  if (month === undefined) return Number(year) > 1800;
  // Without a year the 29th of February is a day, as in the year 2000.
  const date = new Date(`${year === "0000" ? "2000" : year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(5, 10) === `${month}-${day}`;
}

function isLanguageTag(value: string | null): boolean {
  try {
    return value === null || Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

/** A name of the IANA database; an offset such as +01:00 is none, though `Intl` takes it. */
function isTimeZone(value: string | null): boolean {
  if (value === null) return true;
  if (!/^[A-Za-z]/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
