import type { ReactNode } from "react";
import { joinClasses } from "./class-names";
import { CopyButton } from "./copy-button";

export interface KeyValueItem {
  label: string;
  value: ReactNode;
  /** Monospace, breaking anywhere. */
  mono?: boolean;
  /** Text of a copy button after the value. */
  copy?: string;
}

/** Facts about one thing, label beside value (above it on phones). */
export function KeyValueList({ items }: { items: readonly KeyValueItem[] }) {
  return (
    <dl className="divide-y divide-line">
      {items.map((item) => (
        <div
          key={item.label}
          className="grid gap-x-6 gap-y-0.5 py-2.5 first:pt-0 last:pb-0 sm:grid-cols-[11rem_minmax(0,1fr)] sm:items-center"
        >
          <dt className="min-w-0 text-note wrap-anywhere text-muted">{item.label}</dt>
          <dd className="flex min-w-0 items-center justify-between gap-2 sm:min-h-8">
            <span
              dir={item.mono ? "ltr" : undefined}
              className={joinClasses("min-w-0 wrap-anywhere", item.mono && "font-mono text-note break-all")}
            >
              {item.value}
            </span>
            {item.copy !== undefined && <CopyButton value={item.copy} what={item.label} iconOnly />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
