import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClasses } from "./button";
import { joinClasses } from "./class-names";

export type ConfirmProps = {
  /** The first button, which only opens the question: "Delete application…". */
  trigger: ReactNode;
  /** The question. */
  title: ReactNode;
  /** What will happen, in numbers. */
  description?: ReactNode;
  /** The form with the button that does it. */
  children: ReactNode;
  tone?: "danger" | "default";
  size?: "sm" | "md";
};

/** Asks before something that can't be undone, in place and without JavaScript; closing it again is the way out. */
export function Confirm({ trigger, title, description, children, tone = "danger", size = "md" }: ConfirmProps) {
  return (
    <details className="group min-w-0">
      <summary className={buttonClasses({ variant: tone === "danger" ? "danger-quiet" : "secondary", size })}>
        {trigger}
        <ChevronDown className="transition-transform group-open:rotate-180" aria-hidden />
      </summary>
      <div
        className={joinClasses(
          "mt-3 grid gap-3 rounded-md border p-4 text-left",
          tone === "danger" ? "border-danger-line bg-danger-soft" : "border-line bg-sunken",
        )}
      >
        <div className="grid gap-1">
          <p className="font-semibold">{title}</p>
          {description && <div className="text-pretty">{description}</div>}
        </div>
        {children}
      </div>
    </details>
  );
}
