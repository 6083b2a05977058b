import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";

/** The end of every page. */
export function SiteFooter({ theme }: { theme: Theme }) {
  return (
    <footer className="mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-3 px-4 py-5 text-[0.8125rem] text-muted sm:px-6">
      <p>Latchkey</p>
      <ThemeSwitch theme={theme} />
    </footer>
  );
}
