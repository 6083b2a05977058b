import { Download } from "lucide-react";
import { PortalShell, type PortalShellProps } from "@/app/_components/portal-shell";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { getTexts } from "@/lib/messages/request-locale";

export interface ExportPageProps {
  /** The page with the list, which the file is below. */
  current: NonNullable<PortalShellProps["current"]>;
  list: string;
  title: string;
  /** What is in the file. */
  content: string;
}

/** The page where a whole list is downloaded as a file. */
export async function ExportPage({ current, list, title, content }: ExportPageProps) {
  const t = await getTexts("console");
  return (
    <PortalShell current={current} width="narrow">
      <PageHeader breadcrumbs={[{ label: list, href: current }]} title={title} description={t("export.description")} />
      <Card title={t("export.title")} description={content}>
        <div className="flex flex-wrap gap-2">
          {(["csv", "json"] as const).map((format) => (
            <a key={format} href={`${current}export/file?format=${format}`} className={buttonClasses()}>
              <Download aria-hidden />
              {t(`export.formats.${format}`)}
            </a>
          ))}
        </div>
      </Card>
    </PortalShell>
  );
}
