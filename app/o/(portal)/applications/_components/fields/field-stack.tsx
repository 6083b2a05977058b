import type { ReactNode } from "react";

/**
 * Fields below each other, each with room for an error line: one that appears after a pause in typing, or disappears,
 * moves nothing that the user is about to click.
 */
export function FieldStack({ children }: { children: ReactNode }) {
  return (
    <div className="-mb-3.5 grid min-w-0 grid-cols-1 gap-y-2 [&_[aria-live=polite]]:min-h-[1.375rem] [&_[aria-live=polite]:empty]:mt-0">
      {children}
    </div>
  );
}
