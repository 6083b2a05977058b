import { Download } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { isNarrowed, listHref } from "@/components/list/list-query";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import { applicationsPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { listApplications } from "@/lib/services/applications/list-applications";
import { can } from "@/lib/services/context";
import { readApplicationsQuery } from "../_components/list/list-filters";

const page = `${applicationsPath}export/`;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("applicationList");
  return { title: t("export.title") };
}

/** Offers what the list shows as a file, and all of it if the list was searched or filtered. */
export default async function ExportApplicationsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = readApplicationsQuery(await searchParams);
  const narrowed = isNarrowed(query);
  const { count, seesAll } = await loadPage(page, async (context) => ({
    count: (await listApplications(context, query.input)).count,
    seesAll: can(context.actor, "applications:read"),
  }));
  const [t, texts] = [await getTexts("applicationList"), await getTexts("applications")];
  const links = (href: (format: string) => string) => (
    <div className="flex flex-wrap gap-2">
      {(["csv", "json"] as const).map((format) => (
        <a key={format} href={href(format)} className={buttonClasses()}>
          <Download aria-hidden />
          {t(`export.formats.${format}`)}
        </a>
      ))}
    </div>
  );
  return (
    <PortalShell current={applicationsPath} width="narrow">
      <PageHeader
        breadcrumbs={[{ label: texts("title"), href: listHref(applicationsPath, query) }]}
        title={t("export.title")}
        description={t("export.description")}
      />
      <div className="grid gap-4">
        {narrowed && (
          <Card
            title={t("export.matching.title", { count: count.value })}
            description={t("export.matching.description")}
          >
            {links((format) => listHref(`${page}file`, query, { format }))}
          </Card>
        )}
        <Card title={t(seesAll ? "export.all.title" : "export.own.title")}>
          {links((format) => `${page}file?format=${format}`)}
        </Card>
      </div>
    </PortalShell>
  );
}
