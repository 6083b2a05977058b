import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { controlClasses } from "@/components/ui/field-frame";
import { getTexts } from "@/lib/messages/request-locale";

/** For a server with more groups than the page shows. */
export async function GroupSearch({ path, q }: { path: string; q: string }) {
  const t = await getTexts("groups");
  return (
    // biome-ignore lint/a11y/useSemanticElements: `<search>` is no landmark yet in all browsers that we support.
    <form role="search" action={path} method="get" className="flex gap-2">
      <label className="min-w-0 grow">
        <span className="sr-only">{t("access.search")}</span>
        <input type="search" name="q" defaultValue={q} placeholder={t("access.search")} className={controlClasses} />
      </label>
      <Button type="submit" icon={<Search aria-hidden />}>
        {t("access.searchButton")}
      </Button>
    </form>
  );
}
