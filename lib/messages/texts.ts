import { createTranslator, type _Translator as Translator } from "use-intl/core";
import { localeOf, type Messages, messagesOf, type Namespace } from "./catalog";
import type { Locale } from "./locales";

/** Gives the texts of one file: `t("key", { value })`, and `t.rich("key", { b: (chunks) => <b>{chunks}</b> })`. */
export type Texts<Name extends Namespace> = Translator<Messages, Name>;

const known = new Map<string, unknown>();

/** The texts of `namespace` in the language that is closest to `locale` and has them. */
export function textsOf<Name extends Namespace>(namespace: Name, locale: Locale): Texts<Name> {
  const language = localeOf(namespace, locale);
  const key = `${language} ${namespace}`;
  if (!known.has(key)) known.set(key, translator(namespace, language));
  return known.get(key) as Texts<Name>;
}

function translator(namespace: Namespace, locale: Locale): unknown {
  return createTranslator({
    locale,
    messages: { [namespace]: messagesOf(namespace, locale) },
    namespace,
    timeZone: "UTC",
    // A key without text or a value that is missing is a fault of ours, and no test may pass over it.
    onError(error) {
      throw error;
    },
  });
}
