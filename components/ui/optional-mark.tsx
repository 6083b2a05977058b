"use client";

import { useTexts } from "@/components/texts/use-texts";

/** The muted word beside the label of a field that may stay empty. */
export function OptionalMark() {
  const t = useTexts("browser");
  return <span className="text-note font-normal text-muted">{t("optional")}</span>;
}
