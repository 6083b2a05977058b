import { Menu } from "lucide-react";
import type { ReactNode } from "react";
import { joinClasses } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { directionOf, type Locale } from "@/lib/messages/locales";
import { getTexts } from "@/lib/messages/request-locale";
import type { Account } from "./account-menu";
import { Dropdown } from "./dropdown";
import { mainId } from "./main-id";
import { TopBar } from "./top-bar";

export interface NavItem {
  href: string;
  label: string;
  current?: boolean;
}

export interface AppShellProps {
  nav?: readonly NavItem[];
  /** The signed-in user; without one the bar offers to sign in. */
  account?: Account;
  /** `narrow` for a single column of text or fields. */
  width?: "wide" | "narrow";
  /**
   * The language of the content: said even if it is that of the page, which stays when only the content is loaded anew.
   */
  contentLocale?: Locale | undefined;
  children: ReactNode;
}

/** The frame of a portal page without side navigation: top bar and content. The page brings its own h1 (PageHeader). */
export async function AppShell({ nav = [], account, width = "wide", contentLocale, children }: AppShellProps) {
  const t = await getTexts("layout");
  return (
    <>
      <TopBar account={account} end={nav.length > 0 && <CollapsedNav nav={nav} />}>
        {nav.length > 0 && (
          <nav aria-label={t("mainNavigation")} className="max-lg:hidden">
            <ul className="flex gap-1">
              {nav.map((item) => (
                <NavLink key={item.href} item={item} />
              ))}
            </ul>
          </nav>
        )}
      </TopBar>
      <main
        id={mainId}
        tabIndex={-1}
        lang={contentLocale}
        dir={contentLocale && directionOf(contentLocale)}
        className={joinClasses(
          "mx-auto w-full flex-1 px-4 py-6 outline-none sm:px-6 sm:py-10",
          width === "narrow" ? "max-w-3xl" : "max-w-6xl",
        )}
      >
        {children}
      </main>
    </>
  );
}

async function CollapsedNav({ nav }: { nav: readonly NavItem[] }) {
  const t = await getTexts("layout");
  return (
    <div className="lg:hidden">
      <Dropdown
        summaryClassName="grid size-11 place-items-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text"
        summary={
          <>
            <Menu className="size-5" aria-hidden />
            <span className="sr-only">{t("menu")}</span>
          </>
        }
      >
        <nav aria-label={t("mainNavigation")} className="p-1.5">
          <ul className="grid gap-0.5">
            {nav.map((item) => (
              <NavLink key={item.href} item={item} />
            ))}
          </ul>
        </nav>
      </Dropdown>
    </div>
  );
}

function NavLink({ item }: { item: NavItem }) {
  return (
    <li>
      <Link
        href={item.href}
        aria-current={item.current ? "page" : undefined}
        className={joinClasses(
          "flex min-h-8 items-center rounded-md px-2.5 font-medium transition-colors hover:bg-hover hover:text-text max-lg:min-h-11",
          item.current ? "bg-hover text-text" : "text-muted",
        )}
      >
        {item.label}
      </Link>
    </li>
  );
}
