import Negotiator from "negotiator";
import { toLanguageAndScript } from "@/lib/oauth/wire/language-script";
import {
  defaultLocale,
  isOfferedLocale,
  type Locale,
  type OfferedLocale,
  offeredLocales,
  pseudoLocale,
} from "./locales";

/** Longer lists are cut, in characters and in languages: nobody reads that many. */
const longestList = 500;
const mostLanguages = 10;

/** The name of the cookie of the language switch. */
export const localeCookieName = "locale";

const scripts = new Map<string, string>();

/** Of an offered language, which is worked out once. */
function scriptOf(locale: string): string {
  const script = scripts.get(locale) ?? toLanguageAndScript(locale);
  scripts.set(locale, script);
  return script;
}

/**
 * The offered language closest to one of `tags`, most wanted first: itself, or the same language in the same script, as
 * `pt-BR` serves readers of `pt-PT` better than the language that they want less. Null if none is close.
 */
export function matchLocale(tags: readonly string[], offered: readonly string[] = offeredLocales): string | null {
  for (const tag of new Set(tags.slice(0, mostLanguages))) {
    const canonical = toCanonicalTag(tag);
    if (canonical === null) continue;
    const near = offered.includes(canonical)
      ? canonical
      : offered.find((locale) => scriptOf(locale) === toLanguageAndScript(canonical));
    if (near !== undefined) return near;
  }
  return null;
}

/** `ui_locales` of OpenID Connect Core §3.1.2.1: tags with spaces between them, most wanted first. */
export function matchUiLocales(uiLocales: string | null | undefined): OfferedLocale | null {
  return matchOffered((uiLocales ?? "").slice(0, longestList).split(" ").filter(Boolean));
}

/** The offered language closest to one of `tags`. */
export function matchOffered(tags: readonly string[]): OfferedLocale | null {
  const near = matchLocale(tags);
  return isOfferedLocale(near) ? near : null;
}

/** What an `Accept-Language` header asks for (RFC 9110 §12.5.4); English if nothing offered is close. */
export function negotiateLocale(acceptLanguage: string | null | undefined): Locale {
  const header = (acceptLanguage ?? "").slice(0, longestList);
  const wanted = new Negotiator({ headers: { "accept-language": header } }).languages().filter((tag) => tag !== "*");
  if (wanted[0] === pseudoLocale) return pseudoLocale;
  return matchOffered(wanted) ?? defaultLocale;
}

/** The `ui_locales` of a request, from its query or form as it was sent. */
export function readUiLocales(sent: string): string | null {
  return new URLSearchParams(sent).get("ui_locales");
}

/** What the language switch has left in a browser, as the cookies of a request have it. */
export interface KeptLanguage {
  /** The language that was chosen. */
  locale: string | undefined;
  /** Whether it was chosen against `ui_locales` a moment ago, so that it goes before them for a while. */
  overrides: boolean;
}

/** Set beside the language that someone chooses on a page that is in the language of an application's request. */
export const overridingCookieName = "locale_chosen";

/** The language of someone of whom only the headers of a request are known. */
export function negotiateByHeaders(request: {
  cookie?: string | undefined;
  acceptLanguage: string | undefined;
  uiLocales: string | null;
}): Locale {
  const read = (name: string) => new RegExp(`(?:^|; )${name}=([\\w-]+)(?:;|$)`).exec(request.cookie ?? "")?.[1];
  const kept = { locale: read(localeCookieName), overrides: read(overridingCookieName) !== undefined };
  return chooseLocale({ ...request, own: null, kept });
}

/** The order in which a language is looked for: docs/languages.md. `own` is the person's `locale`. */
export function chooseLocale(request: {
  uiLocales: string | null | undefined;
  own: string | null;
  kept: KeptLanguage;
  acceptLanguage: string | null | undefined;
}): Locale {
  const { uiLocales, own, kept, acceptLanguage } = request;
  const asked = kept.overrides ? null : matchUiLocales(uiLocales);
  if (asked) return asked;
  const chosen = own === null ? null : matchOffered([own]);
  if (chosen) return chosen;
  return isOfferedLocale(kept.locale) ? kept.locale : negotiateLocale(acceptLanguage);
}

function toCanonicalTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
