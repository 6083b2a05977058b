"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTexts } from "@/components/texts/use-texts";
import { joinClasses } from "@/components/ui/class-names";
import { useSelectedCount } from "./use-selected-count";

/** The bar around the actions for selected rows: how many there are, and a button that clears the selection. */
export function SelectedCount({ form, children }: { form: string; children: ReactNode }) {
  const t = useTexts("controls");
  const { selected } = useSelectedCount(form);
  return (
    <div
      className={joinClasses(
        "pointer-events-auto flex-wrap items-center gap-2 rounded-lg border border-line bg-surface p-2 shadow-high noscript:flex",
        selected > 0 ? "flex" : "hidden",
      )}
    >
      <span role="status" className="px-2 text-note font-medium tabular-nums noscript:hidden">
        {selected > 0 && t("list.selected", { count: selected })}
      </span>
      {children}
      <button
        type="reset"
        className="inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-md px-2 text-note font-medium text-muted transition-colors hover:bg-hover hover:text-text pointer-coarse:min-h-10"
      >
        <X className="size-3.5" aria-hidden />
        <span className="max-sm:sr-only noscript:not-sr-only">{t("list.clear")}</span>
      </button>
    </div>
  );
}
