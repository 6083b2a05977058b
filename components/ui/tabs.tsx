import { joinClasses } from "./class-names";
import { Link } from "./link";

export type TabLink = { href: string; label: string; current?: boolean };

/** Views of one thing, each with its own address. */
export function Tabs({ label, items }: { label: string; items: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-b border-line">
      <ul className="flex gap-5">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={item.current ? "page" : undefined}
              className={joinClasses(
                "inline-flex min-h-10 items-center border-b-2 font-medium whitespace-nowrap transition-colors focus-visible:-outline-offset-2 pointer-coarse:min-h-11",
                item.current ? "border-accent text-text" : "border-transparent text-muted hover:text-text",
              )}
            >
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
