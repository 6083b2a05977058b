"use client";

import { createElement, Fragment, type ReactNode, useContext } from "react";
import type { Messages, Namespace } from "@/lib/messages/catalog";
import { formatText } from "@/lib/messages/compiled-texts";
import type { TextKey } from "@/lib/messages/text-key";
import { TextsContext } from "./texts-provider";

export type TextValues = Record<string, string | number>;

/** What stands in place of each value and around each tag. */
export type RichTextValues = Record<string, string | number | ((chunks: ReactNode) => ReactNode)>;

/**
 * The texts of one file in a client component. The page puts a `TextsProvider` with that file around it.
 *
 * @throws {Error} if the page doesn't.
 */
export function useTexts<Name extends Namespace>(namespace: Name) {
  const compiled = useContext(TextsContext)[namespace];
  if (!compiled) throw new Error(`No TextsProvider has the texts of ${namespace}.`);
  type Key = TextKey<Messages[Name]>;
  const t = (key: Key, values?: TextValues): string => {
    const text = formatText<never>(compiled, key, values);
    return typeof text === "string" ? text : text.join("");
  };
  return Object.assign(t, {
    /** The language of the texts. */
    locale: compiled.locale,
    /** Whether there is such a text, for what only some things have. */
    has: (key: string): key is Key => Object.hasOwn(compiled.texts, key),
    /** A text with elements in it, by its tags. */
    rich: (key: Key, values: RichTextValues): ReactNode => {
      const text = formatText<ReactNode>(compiled, key, values);
      return Array.isArray(text) ? createElement(Fragment, null, ...text) : text;
    },
  });
}
