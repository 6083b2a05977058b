import type { ReactNode } from "react";
import { getTexts } from "@/lib/messages/request-locale";
import { CodeBlock } from "./code-block";

export interface EmptyStateProps {
  icon?: ReactNode;
  /** One sentence: what would be here. */
  title: ReactNode;
  description?: ReactNode;
  /** The next step. */
  action?: ReactNode;
  /** The same from a terminal. */
  code?: string;
}

/** Replaces an empty list. */
export async function EmptyState({ icon, title, description, action, code }: EmptyStateProps) {
  const t = await getTexts("layout");
  return (
    <div className="grid grid-cols-1 justify-items-center gap-4 px-4 py-12 text-center sm:py-16">
      {icon && (
        <span className="grid size-11 place-items-center rounded-lg border border-line bg-sunken text-muted [&_svg]:size-5">
          {icon}
        </span>
      )}
      <div className="grid max-w-md gap-1">
        <p className="text-lead font-semibold">{title}</p>
        {description && <p className="text-muted">{description}</p>}
      </div>
      {action}
      {code && (
        <div className="w-full max-w-xl pt-2 text-start">
          <CodeBlock title={t("terminal")} code={code} />
        </div>
      )}
    </div>
  );
}
