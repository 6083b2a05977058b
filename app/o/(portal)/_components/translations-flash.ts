import { languagesPath } from "@/lib/http/paths";
import type { TranslatedObject } from "@/lib/services/translations/translated";

/** Where the browser sends what was typed back to: the path of the page, without query and trailing slash. */
export function translationsFlashPath({ kind, id }: TranslatedObject): string {
  return languagesPath(kind, id).replace(/\/(?:\?.*)?$/, "");
}
