import { Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { getTexts } from "@/lib/messages/request-locale";
import { type Theme, themes } from "./theme";

const icons: Record<Theme, ReactNode> = {
  system: <Monitor aria-hidden />,
  light: <Sun aria-hidden />,
  dark: <Moon aria-hidden />,
};

/** Three buttons that post the choice; the server renders the page anew in it. */
export async function ThemeSwitch({ theme }: { theme: Theme }) {
  const t = await getTexts("layout");
  return (
    <form method="post" action="/theme">
      <fieldset className="flex gap-0.5 rounded-full border border-line bg-surface p-0.5">
        <legend className="sr-only">{t("theme.legend")}</legend>
        {themes.map((value) => (
          <button
            key={value}
            name="theme"
            value={value}
            type="submit"
            aria-pressed={value === theme}
            className="inline-flex min-h-7 cursor-pointer items-center gap-1.5 rounded-full border border-transparent px-2.5 text-xs font-medium transition-colors hover:text-text aria-pressed:border-line aria-pressed:bg-hover aria-pressed:text-text pointer-coarse:min-h-10 [&_svg]:size-3.5"
          >
            {icons[value]}
            {t(`theme.${value}`)}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
