import { Search } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PortalShell } from "@/app/_components/portal-shell";
import { foundListPath, foundPath } from "@/app/_components/search/found-path";
import { requireConsole } from "@/app/_components/search/require-console";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { controlClasses } from "@/components/ui/field-frame";
import { Link, TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import { searchPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { type Found, type FoundKind, search } from "@/lib/services/search/search";

export async function generateMetadata({ searchParams }: { searchParams: SearchParams }): Promise<Metadata> {
  const [t, q] = [await getTexts("search"), readOne(await searchParams, "q")?.trim()];
  return { title: q ? `${q} · ${t("title")}` : t("title") };
}

/** The search without the palette: one address for what was typed. */
export default async function SearchPage({ searchParams }: { searchParams: SearchParams }) {
  const q = readOne(await searchParams, "q")?.trim() ?? "";
  const path = q === "" ? searchPath : `${searchPath}?${new URLSearchParams({ q })}`;
  const { exact, groups } = await loadPage(path, async (context) => {
    requireConsole(context);
    return search(context, { q });
  });
  const others = groups.flatMap(({ found }) => found).filter(({ id }) => id !== exact?.id);
  if (exact && others.length === 0) redirect(foundPath(exact.kind, exact));
  const t = await getTexts("search");
  return (
    <PortalShell current={searchPath} width="narrow">
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid grid-cols-1 gap-6">
        {/* biome-ignore lint/a11y/useSemanticElements: `<search>` is no landmark yet in all our browsers. */}
        <form role="search" action={searchPath} className="flex gap-2">
          <input
            type="search"
            name="q"
            aria-label={t("label")}
            placeholder={t("placeholder")}
            defaultValue={q}
            // biome-ignore lint/a11y/noAutofocus: the page is there for this one field.
            autoFocus={q === ""}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className={controlClasses}
          />
          <Button type="submit" variant="primary">
            {t("submit")}
          </Button>
        </form>
        {exact && <Results title={t("exact")} kind={exact.kind} found={[exact]} disabled={t("disabled")} />}
        {groups.map(({ kind, found, more }) => (
          <Results key={kind} title={t(`kinds.${kind}`)} kind={kind} found={found} disabled={t("disabled")}>
            {more && <TextLink href={foundListPath(kind, q)}>{t("all")}</TextLink>}
          </Results>
        ))}
        {q !== "" && !exact && groups.length === 0 && (
          <Card>
            <EmptyState icon={<Search aria-hidden />} title={t("none.title")} description={t("none.description")} />
          </Card>
        )}
      </div>
    </PortalShell>
  );
}

interface ResultsProps {
  title: string;
  kind: FoundKind;
  found: readonly Found[];
  disabled: string;
  children?: React.ReactNode;
}

function Results({ title, kind, found, disabled, children }: ResultsProps) {
  return (
    <section aria-labelledby={`${kind}-${title}`} className="grid grid-cols-1 gap-2">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id={`${kind}-${title}`} className="text-lead font-semibold tracking-[-0.01em]">
          {title}
        </h2>
        <span className="text-note">{children}</span>
      </div>
      <ul className="divide-y divide-line overflow-clip rounded-lg border border-line bg-surface shadow-low">
        {found.map((one) => (
          <li key={one.id}>
            <Link
              href={foundPath(kind, one)}
              className="flex min-h-11 items-center gap-3 px-4 py-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
            >
              <bdi className="min-w-0 truncate font-medium">{one.name}</bdi>
              <bdi className="min-w-0 flex-1 truncate text-note text-muted">{one.detail}</bdi>
              {one.disabled && <Badge tone="warning">{disabled}</Badge>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
