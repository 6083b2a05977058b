import type { ReactNode } from "react";
import { joinClasses } from "./class-names";
import { CopyButton } from "./copy-button";

export interface CodeBlockProps {
  /** What the code is: the visible caption and the name of the scrollable region. */
  title: string;
  code: string;
  /** Breaks long lines instead of scrolling sideways. */
  wrap?: boolean;
  /** Scrolls if it is long, so that what follows stays in reach. */
  bounded?: boolean;
  /** Beside the copy button. */
  action?: ReactNode;
}

/** Commands for a terminal or lines for an editor, with a copy button. */
export function CodeBlock({ title, code, wrap, bounded, action }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-clip rounded-md border border-line bg-sunken">
      <figcaption className="flex min-h-10 items-center justify-between gap-3 border-b border-line py-1 ps-3 pe-1.5 text-note font-medium text-muted">
        <span className="min-w-0 wrap-anywhere">{title}</span>
        <span className="flex shrink-0 items-center">
          {action}
          <CopyButton value={code} what={title} iconOnly />
        </span>
      </figcaption>
      <pre
        dir="ltr"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        className={joinClasses(
          "overflow-auto px-3 py-2.5 text-note leading-5 focus-visible:-outline-offset-2",
          bounded && "max-h-80",
        )}
      >
        <code className={wrap ? "break-all whitespace-pre-wrap" : undefined}>{code}</code>
      </pre>
    </figure>
  );
}
