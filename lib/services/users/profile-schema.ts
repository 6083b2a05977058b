import { z } from "zod";
import { problem } from "@/lib/messages/problem";
import { findHostProblem } from "@/lib/oauth/wire/address-host";
import { hasHiddenControl, isVisible } from "@/lib/oauth/wire/displayed-text";
import { isUrl } from "@/lib/oauth/wire/is-url";
import { normalized, type Refuse } from "../normalized";

/**
 * The details that users give about themselves (OpenID Connect Core §5.1). An empty field is a claim that isn't made.
 */
const steps = {
  name: line(200),
  givenName: line(100),
  middleName: line(100),
  familyName: line(100),
  nickname: line(100),
  gender: line(50),
  birthdate: line(10, (date, refuse) => {
    if (!isBirthdate(date)) refuse(problem("fieldProblems.birthdate"));
    return date;
  }),
  profileUrl: line(2000, readAddress),
  pictureUrl: line(2000, readAddress),
  websiteUrl: line(2000, readAddress),
  locale: line(35, (tag, refuse) => {
    const canonical = toLanguageTag(tag);
    if (canonical === null) refuse(problem("fieldProblems.languageTag"));
    return canonical;
  }),
  zoneinfo: line(64, (zone, refuse) => {
    if (!isTimeZone(zone)) refuse(problem("fieldProblems.timeZone"));
    return zone;
  }),
  // OpenID Connect Core §5.1 recommends E.164; people add spaces and brackets.
  phoneNumber: line(40, (typed, refuse) => {
    const number = typed.replace(/[\s().\-/\u2010-\u2013]/g, "");
    if (!/^\+[1-9]\d{6,14}$/.test(number)) refuse(problem("fieldProblems.phone"));
    return number;
  }),
  streetAddress: text(500),
  postalCode: line(20),
  locality: line(100),
  region: line(100),
  country: line(100),
};

export type ProfileField = keyof typeof steps;
export type ProfileFields = Record<ProfileField, string | null>;
export type ProfileInput = z.input<typeof profileInput>;

export const profileFields = Object.keys(steps) as ProfileField[];

export const profileInput = z.object(
  Object.fromEntries(profileFields.map((field) => [field, z.string()])) as Record<ProfileField, z.ZodString>,
);

/** The rules, the same for the form in the browser and the form on the server. Null: not set. */
export const profileSchema = normalized(profileInput, steps);

export const profilePatchInput = profileInput.partial();

/** The same for some of the fields. One that isn't sent stays as it is. */
export const profilePatchSchema = normalized(profilePatchInput, optionalSteps(steps));

type ReadText = (sent: string, refuse: Refuse) => string | null;
type ReadOptional = (sent: string | undefined, refuse: Refuse) => string | null | undefined;

function optionalSteps<Name extends string>(all: Record<Name, ReadText>): Record<Name, ReadOptional> {
  const optional = (Object.entries(all) as [Name, ReadText][]).map(([name, read]): [Name, ReadOptional] => [
    name,
    (sent, refuse) => (sent === undefined ? undefined : read(sent, refuse)),
  ]);
  return Object.fromEntries(optional) as Record<Name, ReadOptional>;
}

/** Several lines. Characters are normalized (NFC), so that what looks the same is the same. */
function text(maximum: number) {
  return (sent: string, refuse: Refuse): string | null => {
    const value = sent.normalize("NFC").replace(/\r\n?/g, "\n").trim();
    if (value.length > maximum) refuse(problem("fieldProblems.long", { maximum }));
    if (hasHiddenControl(value.replaceAll("\n", ""))) refuse(problem("fieldProblems.hidden"));
    return isVisible(value) ? value : null;
  };
}

/** `read` gets a line in which nothing is wrong so far. */
function line(maximum: number, read = (value: string, _refuse: Refuse): string | null => value) {
  const readText = text(maximum);
  return (sent: string, refuse: Refuse): string | null => {
    const problems: string[] = [];
    const value = readText(sent, (found) => problems.push(found));
    if (value?.includes("\n") && problems.length === 0) problems.push(problem("fieldProblems.oneLine"));
    problems.forEach(refuse);
    return value === null || problems.length > 0 ? value : read(value, refuse);
  };
}

function readAddress(address: string, refuse: Refuse): string {
  if (!isWebAddress(address)) refuse(problem("fieldProblems.webAddress"));
  return address;
}

/** Applications turn these into links and images, so nothing that a browser runs is allowed. */
function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/[^\s"<>\\^`{|}]+$/.test(value) || !isUrl(value)) return false;
  const url = new URL(value);
  return url.username === "" && url.password === "" && findHostProblem(url) === null;
}

function isBirthdate(value: string): boolean {
  const [, year = "", month, day] = /^(\d{4})(?:-(\d\d)-(\d\d))?$/.exec(value) ?? [];
  if (year === "" || (month === undefined && year === "0000")) return false;
  if (month === undefined) return Number(year) > 1800;
  // Without a year the 29th of February is valid, as in the year 2000.
  const date = new Date(`${year === "0000" ? "2000" : year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(5, 10) === `${month}-${day}`;
}

/** In its canonical spelling; null if it is none. */
function toLanguageTag(value: string): string | null {
  try {
    return Intl.getCanonicalLocales(value)[0] ?? null;
  } catch {
    return null;
  }
}

/** A name of the IANA database; not an offset such as +01:00, which `Intl` also accepts. */
function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z]/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
