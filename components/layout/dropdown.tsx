"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { joinClasses } from "@/components/ui/class-names";

export interface DropdownProps {
  /** Content of the `<summary>`. */
  summary: ReactNode;
  summaryClassName: string;
  /** `up` at the foot of a page. */
  opens?: "down" | "up";
  children: ReactNode;
}

/**
 * A `<details>` menu. Opens and closes without JavaScript; with it, also closes on Escape, on a press or focus
 * elsewhere and when a link inside is followed.
 */
export function Dropdown({ summary, summaryClassName, opens = "down", children }: DropdownProps) {
  const ref = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const details = ref.current;
    if (!details) return;
    const stop = new AbortController();
    const { signal } = stop;
    const closeUnlessInside = (event: Event) => {
      if (!details.contains(event.target as Node)) details.open = false;
    };
    document.addEventListener("pointerdown", closeUnlessInside, { signal });
    document.addEventListener("focusin", closeUnlessInside, { signal });
    details.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape" || !details.open) return;
        details.open = false;
        details.querySelector("summary")?.focus();
      },
      { signal },
    );
    details.addEventListener(
      "click",
      (event) => {
        if (event.target instanceof Element && event.target.closest("a")) details.open = false;
      },
      { signal },
    );
    return () => stop.abort();
  }, []);

  return (
    <details ref={ref} className="group relative">
      <summary className={summaryClassName}>{summary}</summary>
      <div
        className={joinClasses(
          "absolute z-40 max-w-[calc(100vw-2rem)] overflow-clip rounded-lg border border-line bg-surface shadow-high",
          opens === "up" ? "bottom-full mb-2 w-52 max-sm:start-0 sm:end-0" : "end-0 top-full mt-2 w-72",
        )}
      >
        {children}
      </div>
    </details>
  );
}
