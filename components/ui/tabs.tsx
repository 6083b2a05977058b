import { joinClasses } from "./class-names";
import { Link } from "./link";

export interface Tab {
  href: string;
  label: string;
  current?: boolean;
}

/** The parts of a page, each with its own address. Below the PageHeader. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="-mt-2 mb-6 border-b border-line">
      <ul className="-mb-px flex gap-x-5 overflow-x-auto overflow-y-hidden [scrollbar-width:none]">
        {tabs.map(({ href, label: text, current }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={current ? "page" : undefined}
              className={joinClasses(
                "flex min-h-10 items-center border-b-2 px-0.5 font-medium whitespace-nowrap transition-colors hover:text-text focus-visible:-outline-offset-2 pointer-coarse:min-h-11",
                current ? "border-accent text-text" : "border-transparent text-muted hover:border-line-strong",
              )}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
