"use client";

import { useContext } from "react";
import { formatText } from "@/lib/messages/compiled-texts";
import type { ReadText } from "@/lib/messages/problem";
import { TextsContext } from "./texts-provider";

/** Says problems that a form finds in the browser. The page puts a `TextsProvider` with their files around it. */
export function useProblems(): ReadText {
  const files = useContext(TextsContext);
  return (file, key, values) => {
    const texts = files[file];
    if (!texts) throw new Error(`No TextsProvider has the texts of ${file}.`);
    const text = formatText<never>(texts, key, values);
    return typeof text === "string" ? text : text.join("");
  };
}
