"use client";

import { useEffect, useRef } from "react";
import { useTexts } from "@/components/texts/use-texts";
import { findSelectable, useSelectedCount } from "./use-selected-count";

/** Selects all rows of the page, or none. Hidden without JavaScript, which it needs. */
export function SelectPage({ form }: { form: string }) {
  const t = useTexts("controls");
  const ref = useRef<HTMLInputElement>(null);
  const { selected, selectable } = useSelectedCount(form);
  const all = selectable > 0 && selected === selectable;

  useEffect(() => {
    if (ref.current) ref.current.indeterminate = selected > 0 && !all;
  }, [selected, all]);

  return (
    <label className="grid h-9 place-items-center noscript:hidden">
      <input
        ref={ref}
        type="checkbox"
        aria-label={t("list.selectPage")}
        checked={all}
        onChange={({ target }) => {
          for (const box of findSelectable(form)) box.checked = target.checked;
          document.getElementById(form)?.dispatchEvent(new Event("change", { bubbles: true }));
        }}
        className="block size-4 cursor-pointer"
      />
    </label>
  );
}
