import { Menu, X } from "lucide-react";
import type { ReactNode } from "react";
import { joinClasses } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import type { Locale } from "@/lib/messages/locales";
import { getTexts } from "@/lib/messages/request-locale";
import { Brand } from "./brand";
import { SideNavBehavior } from "./side-nav-behavior";

export interface SideNavItem {
  href: string;
  label: string;
  icon: ReactNode;
  current?: boolean;
}

export interface SideNavGroup {
  /** Absent above the first entries, which belong to no group. */
  label?: string | undefined;
  items: readonly SideNavItem[];
}

/** The popover and the button that opens it find each other by it. */
const sideNavId = "side-nav";

const squareButton =
  "grid size-11 shrink-0 cursor-pointer place-items-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text lg:hidden";

/** Opens the side navigation where it is a drawer. */
export async function SideNavButton() {
  const t = await getTexts("layout");
  return (
    <button type="button" popoverTarget={sideNavId} className={squareButton}>
      <Menu className="size-5" aria-hidden />
      <span className="sr-only">{t("menu")}</span>
    </button>
  );
}

/**
 * The navigation beside the content; below 1024 px a drawer. It is a popover, which the browser itself opens, closes on
 * Escape and on a press outside, without JavaScript. A browser without popovers shows it above the content.
 */
export async function SideNav({ groups, locale }: { groups: readonly SideNavGroup[]; locale: Locale }) {
  const t = await getTexts("layout");
  return (
    <nav
      id={sideNavId}
      popover="auto"
      aria-label={t("mainNavigation")}
      className={joinClasses(
        "m-0 border-0 bg-transparent p-3 text-text lg:sticky lg:inset-auto lg:top-14 lg:block lg:h-[calc(100dvh-3.5rem)] lg:w-60 lg:shrink-0 lg:overflow-y-auto lg:overscroll-contain lg:pt-5",
        "max-lg:inset-y-0 max-lg:start-0 max-lg:end-auto max-lg:h-dvh max-lg:max-h-none max-lg:w-72 max-lg:max-w-[85vw] max-lg:overflow-y-auto max-lg:overscroll-contain max-lg:border-e max-lg:border-line max-lg:bg-surface max-lg:pt-1.5 max-lg:shadow-high",
        "max-lg:transition-[translate,display,overlay] max-lg:transition-discrete max-lg:duration-150 max-lg:not-open:-translate-x-full max-lg:open:translate-x-0 max-lg:starting:open:-translate-x-full rtl:max-lg:not-open:translate-x-full rtl:max-lg:starting:open:translate-x-full",
        "backdrop:bg-[rgb(10_15_16/45%)] max-lg:not-supports-[selector(:popover-open)]:static max-lg:not-supports-[selector(:popover-open)]:h-auto",
      )}
    >
      <SideNavBehavior />
      <div className="flex items-center justify-between ps-2 pb-3 lg:hidden">
        <Brand />
        <button type="button" popoverTarget={sideNavId} popoverTargetAction="hide" className={squareButton}>
          <X className="size-5" aria-hidden />
          <span className="sr-only">{t("closeMenu")}</span>
        </button>
      </div>
      <div lang={locale} className="grid gap-5">
        {groups.map((group) => (
          <SideNavList key={group.label ?? ""} group={group} />
        ))}
      </div>
    </nav>
  );
}

function SideNavList({ group: { label, items } }: { group: SideNavGroup }) {
  return (
    <div>
      {label && <p className="px-2.5 pb-1 text-xs font-medium text-muted">{label}</p>}
      <ul aria-label={label} className="grid gap-0.5">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={item.current ? "page" : undefined}
              className={joinClasses(
                "flex min-h-8 items-center gap-2.5 rounded-md px-2.5 py-1 font-medium transition-colors hover:bg-hover hover:text-text focus-visible:-outline-offset-2 max-lg:min-h-11 pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0",
                item.current
                  ? "bg-accent-soft text-accent-text hover:bg-accent-soft hover:text-accent-text"
                  : "text-muted",
              )}
            >
              {item.icon}
              <span className="min-w-0">{item.label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
