import { match } from "@formatjs/intl-localematcher";
import Negotiator from "negotiator";
import {
  defaultLocale,
  isOfferedLocale,
  type Locale,
  type OfferedLocale,
  offeredLocales,
  pseudoLocale,
} from "./locales";

/** Longer lists are read no further: nobody reads that many languages. */
const maximumLength = 500;

/** The offered language closest to one of `tags`, most wanted first (RFC 4647 §3.4); null if none is close. */
export function matchLocale<Tag extends string = OfferedLocale>(
  tags: readonly string[],
  offered: readonly Tag[] = offeredLocales as readonly string[] as readonly Tag[],
): Tag | null {
  const wanted = tags.map(toCanonicalTag).filter((tag) => tag !== null);
  if (wanted.length === 0) return null;
  const none = "und";
  const found = match(wanted, offered, none, { algorithm: "lookup" });
  return found === none ? matchLanguage(wanted, offered) : (found as Tag);
}

/** `pt` and `pt-PT` have no language of their own here, and are better served by `pt-BR` than by English. */
function matchLanguage<Tag extends string>(wanted: readonly string[], offered: readonly Tag[]): Tag | null {
  for (const tag of wanted) {
    const { language, script } = new Intl.Locale(tag).maximize();
    const near = offered.find((candidate) => {
      const other = new Intl.Locale(candidate).maximize();
      return other.language === language && other.script === script;
    });
    if (near) return near;
  }
  return null;
}

/** `ui_locales` of OpenID Connect Core §3.1.2.1: tags with spaces between them, most wanted first. */
export function matchUiLocales(uiLocales: string | null | undefined): OfferedLocale | null {
  return matchLocale((uiLocales ?? "").slice(0, maximumLength).split(" "));
}

/** The `ui_locales` of a request, from its query or form as it was sent. */
export function readUiLocales(sent: string): string | null {
  return new URLSearchParams(sent).get("ui_locales");
}

/** What an `Accept-Language` header asks for (RFC 9110 §12.5.4); English if nothing offered is close. */
export function negotiateLocale(acceptLanguage: string | null | undefined): Locale {
  const header = (acceptLanguage ?? "").slice(0, maximumLength);
  const wanted = new Negotiator({ headers: { "accept-language": header } }).languages().filter((tag) => tag !== "*");
  if (wanted[0] === pseudoLocale) return pseudoLocale;
  return matchLocale(wanted) ?? defaultLocale;
}

/** The name of the cookie of the language switch. */
export const localeCookieName = "locale";

/** The language of someone of whom only the headers of a request are known. */
export function negotiateByHeaders(headers: {
  cookie?: string | undefined;
  acceptLanguage?: string | undefined;
}): Locale {
  const kept = new RegExp(`(?:^|; )${localeCookieName}=([\\w-]+)(?:;|$)`).exec(headers.cookie ?? "")?.[1];
  return isOfferedLocale(kept) ? kept : negotiateLocale(headers.acceptLanguage);
}

function toCanonicalTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
