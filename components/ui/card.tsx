import { type ReactNode, useId } from "react";
import { joinClasses } from "./class-names";

export interface CardProps {
  /** Heading of the card; names the region for screen readers. */
  title?: ReactNode;
  description?: ReactNode;
  /** Buttons or a badge to the right of the heading. */
  actions?: ReactNode;
  /** A quieter strip below the content. */
  footer?: ReactNode;
  /** `danger` for deletions and the like. */
  tone?: "default" | "danger";
  headingLevel?: 2 | 3;
  /** No padding around the content: for tables and lists that have their own. */
  flush?: boolean;
  id?: string;
  children?: ReactNode;
}

/** A framed group of related content. */
export function Card({
  title,
  description,
  actions,
  footer,
  tone = "default",
  headingLevel = 2,
  flush,
  id,
  children,
}: CardProps) {
  const titleId = useId();
  const Heading = `h${headingLevel}` as const;
  const padding = joinClasses("px-4 pb-4 sm:px-5 sm:pb-5", !title && "pt-4 sm:pt-5");
  const edge = joinClasses(Boolean(title) && "border-t border-line");
  return (
    <section
      id={id}
      aria-labelledby={title ? titleId : undefined}
      className={joinClasses(
        "flex min-w-0 flex-col overflow-clip rounded-lg border bg-surface shadow-low",
        tone === "danger" ? "border-danger-line" : "border-line",
      )}
    >
      {title && (
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 px-4 py-4 sm:px-5">
          <div className="grid min-w-0 gap-0.5">
            <Heading id={titleId} className="text-lead font-semibold tracking-[-0.01em]">
              {title}
            </Heading>
            {description && <p className="text-note text-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
      )}
      {children && <div className={flush ? edge : padding}>{children}</div>}
      {footer && (
        <div className="mt-auto border-t border-line bg-sunken px-4 py-3 text-note text-muted sm:px-5">{footer}</div>
      )}
    </section>
  );
}

export interface SectionProps {
  title: ReactNode;
  description?: ReactNode;
  id?: string;
  children: ReactNode;
}

/**
 * A named part of a long form: heading and explanation beside the fields on wide screens, above them on narrow ones.
 */
export function Section({ title, description, id, children }: SectionProps) {
  const titleId = useId();
  return (
    <section
      id={id}
      aria-labelledby={titleId}
      className="grid gap-x-10 gap-y-4 border-line pb-6 last:pb-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)] [section+&]:border-t [section+&]:pt-6"
    >
      <div className="grid content-start gap-1">
        <h2 id={titleId} className="text-lead font-semibold tracking-[-0.01em]">
          {title}
        </h2>
        {description && <p className="max-w-prose text-note text-muted">{description}</p>}
      </div>
      <div className="fields min-w-0">{children}</div>
    </section>
  );
}
