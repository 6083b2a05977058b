"use client";

import { useContext } from "react";
import type { Messages, Namespace } from "@/lib/messages/catalog";
import { type CompiledTexts, formatText } from "@/lib/messages/compiled-texts";
import type { TextKey } from "@/lib/messages/text-key";
import { TextsContext } from "./texts-provider";

export type TextValues = Record<string, string | number>;

/**
 * The texts of one file in a client component. The page puts a `TextsProvider` with that file around it.
 *
 * @throws Error if the page doesn't
 */
export function useTexts<Name extends Namespace>(namespace: Name) {
  const compiled = useCompiledTexts(namespace);
  return (key: TextKey<Messages[Name]>, values?: TextValues): string => {
    const text = formatText<never>(compiled, key, values);
    return typeof text === "string" ? text : text.join("");
  };
}

/** @throws Error if no page has given them */
export function useCompiledTexts(namespace: Namespace): CompiledTexts {
  const compiled = useContext(TextsContext)[namespace];
  if (!compiled) throw new Error(`No TextsProvider has the texts of ${namespace}.`);
  return compiled;
}
