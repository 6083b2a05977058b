import { joinClasses } from "@/components/ui/class-names";
import type { Locale } from "@/lib/messages/locales";
import { LanguageSwitch } from "./language-switch";
import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";

/** The end of every page. */
export function SiteFooter({ theme, locale, csrf }: { theme: Theme; locale: Locale; csrf: string }) {
  return (
    <footer
      className={joinClasses(
        "mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-3 px-4 py-5 text-note text-muted sm:px-6",
        // Below the content of a page with a side navigation, which begins 15rem from the edge.
        "[:has(>#side-nav)~&]:max-w-none [:has(>#side-nav)~&]:[--footer-start:17rem] [:has(>#side-nav)~&]:[--footer-end:2rem]",
        // Chromium may keep the old style of a rule with both `:has` and a width when the window is resized.
        "lg:ps-[var(--footer-start,1.5rem)] lg:pe-[var(--footer-end,1.5rem)]",
      )}
    >
      <p>Latchkey</p>
      <div className="flex flex-wrap items-center gap-3">
        <LanguageSwitch locale={locale} csrf={csrf} />
        <ThemeSwitch theme={theme} />
      </div>
    </footer>
  );
}
