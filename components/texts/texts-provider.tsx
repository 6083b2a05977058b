"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Namespace } from "@/lib/messages/catalog";
import type { CompiledTexts } from "@/lib/messages/compiled-texts";

export type BrowserTexts = { readonly [Name in Namespace]?: CompiledTexts };

export const TextsContext = createContext<BrowserTexts>({});

/** Gives the client components below it their texts, beside those that they have already. */
export function TextsProvider({ texts, children }: { texts: BrowserTexts; children: ReactNode }) {
  const inherited = useContext(TextsContext);
  return <TextsContext value={{ ...inherited, ...texts }}>{children}</TextsContext>;
}
