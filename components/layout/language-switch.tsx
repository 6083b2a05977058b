import { Check, ChevronDown, Languages } from "lucide-react";
import { type Locale, localeNames, offeredLocales } from "@/lib/messages/locales";
import { getTexts } from "@/lib/messages/request-locale";
import { Dropdown } from "./dropdown";
import { NativeForm } from "./native-form";

export interface LanguageSwitchProps {
  /** The language of this page. */
  locale: Locale;
  csrf: string;
}

/** The languages, each in its own name, as buttons that post the choice; the server renders the page anew in it. */
export async function LanguageSwitch({ locale, csrf }: LanguageSwitchProps) {
  if (offeredLocales.length < 2) return null;
  const t = await getTexts("layout");
  const current = locale in localeNames ? localeNames[locale as keyof typeof localeNames] : locale;
  return (
    <Dropdown
      opens="up"
      summaryClassName="inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-full border border-line bg-surface px-3 text-xs font-medium transition-colors hover:text-text pointer-coarse:min-h-11"
      summary={
        <>
          <Languages className="size-3.5" aria-hidden />
          <span className="sr-only">{t("language.label")}: </span>
          {current}
          <ChevronDown className="size-3.5 transition-transform group-open:rotate-180" aria-hidden />
        </>
      }
    >
      <NativeForm action="/language" csrf={csrf} className="grid max-h-[60vh] gap-0.5 overflow-y-auto p-1.5">
        {offeredLocales.map((offered) => (
          <button
            key={offered}
            type="submit"
            name="locale"
            value={offered}
            lang={offered}
            aria-current={offered === locale ? "true" : undefined}
            className="flex min-h-8 cursor-pointer items-center justify-between gap-2 rounded-md px-2.5 text-start text-sm text-text transition-colors hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-11"
          >
            {localeNames[offered]}
            {offered === locale && <Check className="size-4 text-muted" aria-hidden />}
          </button>
        ))}
      </NativeForm>
    </Dropdown>
  );
}
