import { getTexts } from "@/lib/messages/request-locale";
import { mainId } from "./main-id";

/** The first stop of the Tab key: past the navigation. */
export async function SkipLink() {
  const t = await getTexts("layout");
  return (
    <a
      href={`#${mainId}`}
      className="sr-only z-50 rounded-md bg-accent px-4 py-2 font-medium text-on-accent shadow-high focus:not-sr-only focus:fixed focus:top-3 focus:start-3 focus:px-4 focus:py-2"
    >
      {t("skipToContent")}
    </a>
  );
}
