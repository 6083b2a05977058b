import type { ReactNode } from "react";
import { joinClasses } from "@/components/ui/class-names";
import { BrandMark } from "./brand";
import { mainId } from "./main-id";

export interface AuthShellProps {
  title: ReactNode;
  description?: ReactNode;
  /** Replaces the brand mark above the title, for example with a ConnectionMark. */
  visual?: ReactNode;
  /** One muted line below the card. */
  footer?: ReactNode;
  /** `wide` for content with code or tables. */
  width?: "default" | "wide";
  children?: ReactNode;
}

/** One centered card for a step that needs the reader's full attention: sign-in, consent, setup, error. */
export function AuthShell({ title, description, visual, footer, width = "default", children }: AuthShellProps) {
  return (
    <main
      id={mainId}
      tabIndex={-1}
      className="flex flex-1 flex-col items-center px-4 py-8 outline-none sm:justify-center sm:py-12"
    >
      <div className={joinClasses("w-full", width === "wide" ? "max-w-xl" : "max-w-[26.5rem]")}>
        <div className="rounded-xl border border-line bg-surface px-5 py-7 shadow-mid sm:px-8 sm:py-9">
          <div className="grid justify-items-center gap-4 pb-6 text-center last:pb-0">
            {visual ?? <BrandMark size="lg" />}
            <div className="grid gap-1.5">
              <h1 className="text-xl leading-7 font-semibold tracking-[-0.02em] wrap-anywhere">{title}</h1>
              {description && <p className="wrap-anywhere text-muted">{description}</p>}
            </div>
          </div>
          {children}
        </div>
        {footer && <div className="px-2 pt-5 text-center text-note text-muted">{footer}</div>}
      </div>
    </main>
  );
}
