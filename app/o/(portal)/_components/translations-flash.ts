import { apiPath, applicationPath } from "@/lib/http/paths";
import type { TranslatedObject } from "@/lib/services/translations/translated";

/** Where the browser sends what was typed back to, without a trailing slash. */
export function translationsFlashPath({ kind, id }: TranslatedObject): string {
  if (kind === "scope") return "/o/scopes/languages";
  return `${kind === "application" ? applicationPath(id) : apiPath(id)}languages`;
}
