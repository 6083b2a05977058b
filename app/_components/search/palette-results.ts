import type { PaletteResults, PaletteSection } from "@/components/palette/palette-results";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { can, type ServiceContext } from "@/lib/services/context";
import { type Found, type FoundKind, search } from "@/lib/services/search/search";
import { visibleNav } from "../administration-nav";
import { consoleActions } from "./console-actions";
import { foundPath } from "./found-path";

/** What the palette lists for what was typed, in the reader's language: all pages and actions for nothing. */
export async function findPaletteResults(context: ServiceContext, q: string): Promise<PaletteResults> {
  const [t, consoleTexts] = [await getTexts("search"), await getTexts("console")];
  const language = localeOf("search", await getLocale());
  const fold = (text: string) => text.toLocaleLowerCase(language);
  const isMeant = ({ name }: { name: string }) => fold(name).includes(fold(q.trim()));
  const may = (permission: Parameters<typeof can>[1]) => can(context.actor, permission);
  const pages = visibleNav(may).flatMap(({ entries }) =>
    entries.map(({ href, name }) => ({ href, name: consoleTexts(`navigation.${name}`), detail: "" })),
  );
  const actions = consoleActions
    .filter(({ permission }) => !permission || may(permission))
    .map(({ href, name }) => ({ href, name: t(`actionNames.${name}`), detail: "" }));
  const { exact, groups } = await search(context, { q });
  const toItem = (kind: FoundKind, found: Found) => ({
    href: foundPath(kind, found),
    name: found.name,
    detail: [found.detail, ...(found.disabled ? [t("disabled")] : [])].filter(Boolean).join(" · "),
  });
  const sections: PaletteSection[] = [
    { label: t("exact"), items: exact ? [toItem(exact.kind, exact)] : [] },
    { label: t("pages"), items: pages.filter(isMeant) },
    ...groups.map(({ kind, found }) => ({
      label: t(`kinds.${kind}`),
      items: found.filter(({ id }) => id !== exact?.id).map((one) => toItem(kind, one)),
    })),
    { label: t("actions"), items: actions.filter(isMeant) },
  ].filter(({ items }) => items.length > 0);
  const count = sections.reduce((sum, { items }) => sum + items.length, 0);
  return { sections, summary: t("results", { count }) };
}
