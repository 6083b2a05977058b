import type { ReactNode } from "react";
import { PaletteButton, type PaletteButtonProps } from "@/components/palette/palette-button";
import { joinClasses } from "@/components/ui/class-names";
import { directionOf, type Locale } from "@/lib/messages/locales";
import type { Account } from "./account-menu";
import { mainId } from "./main-id";
import { SideNav, SideNavButton, type SideNavGroup } from "./side-nav";
import { TopBar } from "./top-bar";

export interface ConsoleShellProps {
  nav: readonly SideNavGroup[];
  /** The language of the navigation. */
  navLocale: Locale;
  account: Account;
  search: PaletteButtonProps;
  /** `narrow` for a single column of text or fields. */
  width?: "wide" | "narrow" | undefined;
  /** The language of the content. */
  contentLocale: Locale;
  children: ReactNode;
}

/** The frame of the administration: top bar, side navigation and content. The page brings its own h1 (PageHeader). */
export function ConsoleShell({
  nav,
  navLocale,
  account,
  search,
  width = "wide",
  contentLocale,
  children,
}: ConsoleShellProps) {
  return (
    <>
      <TopBar wide account={account} start={<SideNavButton />}>
        <div lang={navLocale} className="ms-auto max-sm:[&+div]:ms-0">
          <PaletteButton {...search} />
        </div>
      </TopBar>
      <div className="flex w-full flex-1 items-start max-lg:flex-col">
        <SideNav groups={nav} locale={navLocale} />
        <main
          id={mainId}
          tabIndex={-1}
          lang={contentLocale}
          dir={directionOf(contentLocale)}
          className="w-full min-w-0 flex-1 px-4 py-6 outline-none sm:px-6 lg:px-8 lg:py-8"
        >
          <div className={joinClasses("mx-auto max-w-6xl", width === "narrow" && "*:max-w-3xl")}>{children}</div>
        </main>
      </div>
    </>
  );
}
