import { de } from "@/messages/de";
import { en } from "@/messages/en";
import { es } from "@/messages/es";
import { fr } from "@/messages/fr";
import { it } from "@/messages/it";
import { ja } from "@/messages/ja";
import { nl } from "@/messages/nl";
import { pl } from "@/messages/pl";
import { ptBR } from "@/messages/pt-BR";
import { tr } from "@/messages/tr";
import { zhCN } from "@/messages/zh-CN";
import { defaultLocale, type Locale, type OfferedLocale, pseudoLocale } from "./locales";
import { toPseudo } from "./pseudo-locale";

/** Texts by file and key, as every language has them. */
export type Messages = typeof en;

/** A file of `messages/en`, without its suffix. */
export type Namespace = keyof Messages;

/** What each language has. A file that one doesn't have is shown in English: the pages of administrators. */
const catalog: { readonly [Tag in OfferedLocale]?: Partial<Messages> } = {
  en,
  de,
  fr,
  es,
  "pt-BR": ptBR,
  it,
  nl,
  pl,
  tr,
  ja,
  "zh-CN": zhCN,
};

/** The language in which the texts of `namespace` are shown to someone who wants `locale`. */
export function localeOf(namespace: Namespace, locale: Locale): Locale {
  return locale === pseudoLocale || catalog[locale]?.[namespace] ? locale : defaultLocale;
}

const pseudo = new Map<Namespace, unknown>();

/** The texts of one file in the language that `localeOf` names. */
export function messagesOf<Name extends Namespace>(namespace: Name, locale: Locale): Messages[Name] {
  if (locale !== pseudoLocale) return catalog[locale]?.[namespace] ?? en[namespace];
  if (!pseudo.has(namespace)) pseudo.set(namespace, toPseudo(en[namespace]));
  return pseudo.get(namespace) as Messages[Name];
}
