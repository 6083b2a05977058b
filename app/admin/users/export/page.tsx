import { Download } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { requirePortalPage } from "@/lib/http/portal-page";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("userTransfer");
  return { title: t("export.title") };
}

export default async function ExportUsersPage() {
  const { actor } = await requirePortalPage("users:read", "/admin/users/export/");
  const t = await getTexts("userTransfer");
  const links = (hashes: boolean) => (
    <div className="flex flex-wrap gap-2">
      {(["csv", "json"] as const).map((format) => (
        <a
          key={format}
          href={`/admin/users/export/file?format=${format}${hashes ? "&hashes=1" : ""}`}
          className={buttonClasses()}
        >
          <Download aria-hidden />
          {t(`export.formats.${format}`)}
        </a>
      ))}
    </div>
  );
  return (
    <PortalShell current="/admin/users/" width="narrow">
      <PageHeader
        breadcrumbs={[{ label: t("users"), href: "/admin/users/" }]}
        title={t("export.title")}
        description={t("export.description")}
      />
      <div className="grid gap-4">
        <Card title={t("export.plain.title")} description={t("export.plain.description")}>
          {links(false)}
        </Card>
        {can(actor, "users:export_hashes") && (
          <Card title={t("export.hashes.title")} description={t("export.hashes.description")}>
            {links(true)}
          </Card>
        )}
      </div>
    </PortalShell>
  );
}
