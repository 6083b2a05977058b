"use client";

import { createElement, Fragment, type ReactNode } from "react";
import type { Messages, Namespace } from "@/lib/messages/catalog";
import { formatText } from "@/lib/messages/compiled-texts";
import type { TextKey } from "@/lib/messages/text-key";
import { useCompiledTexts } from "./use-texts";

/** What stands in place of each value and around each tag. */
export type RichTextValues = Record<string, string | number | ((chunks: ReactNode) => ReactNode)>;

/** Texts with elements in them, beside `useTexts`; apart from it, so that other pages get no more code. */
export function useRichTexts<Name extends Namespace>(namespace: Name) {
  const compiled = useCompiledTexts(namespace);
  return (key: TextKey<Messages[Name]>, values: RichTextValues): ReactNode => {
    const text = formatText<ReactNode>(compiled, key, values);
    return Array.isArray(text) ? createElement(Fragment, null, ...text) : text;
  };
}
