import type { ReactNode } from "react";
import { joinClasses } from "./class-names";

export interface FormActionsProps {
  /** A line above and the indent of the fields, for the end of a form with Sections. */
  divided?: boolean;
  children: ReactNode;
}

/** The row of buttons that ends a form: the main action first, full width on phones. */
export function FormActions({ divided, children }: FormActionsProps) {
  return (
    <div
      className={joinClasses(
        "flex flex-col gap-2 sm:flex-row sm:items-center sm:gap-3",
        divided && "border-t border-line pt-6 lg:ps-[calc((100%-2.5rem)/3+2.5rem)]",
      )}
    >
      {children}
    </div>
  );
}
