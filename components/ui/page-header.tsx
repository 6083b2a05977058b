import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { getTexts } from "@/lib/messages/request-locale";
import { Link } from "./link";

export interface Breadcrumb {
  label: string;
  href: string;
}

export interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons; below the title on phones. */
  actions?: ReactNode;
  /** The pages above this one, outermost first, without this page. */
  breadcrumbs?: readonly Breadcrumb[];
}

/** The h1 of a page, with what surrounds it. */
export async function PageHeader({ title, description, actions, breadcrumbs = [] }: PageHeaderProps) {
  const t = await getTexts("layout");
  return (
    <div className="grid grid-cols-1 gap-3 pb-6">
      {breadcrumbs.length > 0 && (
        <nav aria-label={t("breadcrumbs")}>
          <ol className="flex flex-wrap items-center gap-1 text-note text-muted">
            {breadcrumbs.map((crumb) => (
              <li key={crumb.href} className="flex min-w-0 items-center gap-1">
                <Link
                  href={crumb.href}
                  className="min-w-0 rounded-sm py-0.5 wrap-anywhere transition-colors hover:text-text hover:underline"
                >
                  {crumb.label}
                </Link>
                <ChevronRight className="size-3.5 shrink-0 rtl:-scale-x-100" aria-hidden />
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="flex flex-col gap-4 sm:flex-row sm:items-start sm:justify-between sm:gap-8">
        <div className="grid min-w-0 grid-cols-1 gap-1">
          <h1 className="text-2xl leading-8 font-semibold tracking-[-0.02em] wrap-anywhere">{title}</h1>
          {description && <p className="max-w-prose wrap-anywhere text-muted">{description}</p>}
        </div>
        {actions && <div className="flex shrink-0 flex-wrap items-center gap-2 max-sm:*:flex-1">{actions}</div>}
      </div>
    </div>
  );
}
