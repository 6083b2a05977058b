"use client";

import { useEffect, useState } from "react";

/** The checkboxes of rows that belong to this form. */
export function findSelectable(form: string): HTMLInputElement[] {
  const element = document.getElementById(form);
  if (!(element instanceof HTMLFormElement)) return [];
  return [...element.elements].filter(
    (field) => field instanceof HTMLInputElement && field.type === "checkbox",
  ) as HTMLInputElement[];
}

/** How many rows are selected, of how many. */
export function useSelectedCount(form: string): { selected: number; selectable: number } {
  const [counts, setCounts] = useState({ selected: 0, selectable: 0 });

  useEffect(() => {
    const count = () => {
      const boxes = findSelectable(form);
      setCounts({ selected: boxes.filter(({ checked }) => checked).length, selectable: boxes.length });
    };
    // What was selected before this code had loaded, or came back with the page, counts too.
    count();
    const stop = new AbortController();
    document.addEventListener("change", count, { signal: stop.signal });
    // The fields are reset after the event.
    document.addEventListener("reset", () => setTimeout(count), { signal: stop.signal });
    return () => stop.abort();
  }, [form]);

  return counts;
}
