"use client";

import { useTexts } from "@/components/texts/use-texts";
import type { Messages } from "@/lib/messages/catalog";

/** What the color and icon of an alert say, for screen readers. */
export function ToneWord({ tone }: { tone: keyof Messages["browser"]["tones"] }) {
  const t = useTexts("browser");
  return <span className="sr-only">{t(`tones.${tone}`)} </span>;
}
