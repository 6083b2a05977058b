import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** A part of a card that few need, closed until someone opens it. Works without JavaScript. */
export function FoldedPart({ label, open, children }: { label: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="group/part" open={open}>
      <summary className="-mx-2 flex min-h-11 items-center gap-2 rounded-md px-2 font-medium hover:bg-hover">
        <ChevronRight
          className="size-4 text-muted transition-transform group-open/part:rotate-90 rtl:-scale-x-100 rtl:group-open/part:-rotate-90"
          aria-hidden
        />
        {label}
      </summary>
      <div className="grid grid-cols-1 gap-4 pt-2">{children}</div>
    </details>
  );
}
