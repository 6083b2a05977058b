import "server-only";
import { headers } from "next/headers";
import { matchUiLocales } from "@/lib/messages/negotiate-locale";
import { uiLocalesHeader } from "@/lib/messages/ui-locales-header";

/**
 * `path` in the language in which an application asked for this page or form: the forms of a page and what they lead to
 * stay in it. Without such a language, `path` itself.
 */
export async function keepUiLocales(path: string): Promise<string> {
  return addUiLocales(path, (await headers()).get(uiLocalesHeader));
}

/** `path` with the offered language that comes closest to `uiLocales`; only that one stands in addresses. */
export function addUiLocales(path: string, uiLocales: string | null): string {
  const locale = matchUiLocales(uiLocales);
  if (!locale) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams({ ui_locales: locale })}`;
}
