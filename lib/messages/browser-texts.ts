import compile from "icu-minify/compile";
import { localeOf, messagesOf, type Namespace } from "./catalog";
import type { CompiledTexts } from "./compiled-texts";
import type { Locale } from "./locales";

const known = new Map<string, CompiledTexts>();

/** What client components need to show the texts of these files: compiled, so that no parser is sent along. */
export function browserTexts(
  locale: Locale,
  namespaces: readonly Namespace[],
): { [Name in Namespace]?: CompiledTexts } {
  return Object.fromEntries(namespaces.map((namespace) => [namespace, compiledTexts(namespace, locale)]));
}

function compiledTexts(namespace: Namespace, locale: Locale): CompiledTexts {
  const language = localeOf(namespace, locale);
  const key = `${language} ${namespace}`;
  const compiled = known.get(key) ?? { locale: language, texts: compileAll(messagesOf(namespace, language)) };
  known.set(key, compiled);
  return compiled;
}

function compileAll(texts: object, prefix = ""): CompiledTexts["texts"] {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) =>
      typeof text === "string" ? [[prefix + key, compile(text)]] : Object.entries(compileAll(text, `${prefix}${key}.`)),
    ),
  );
}
