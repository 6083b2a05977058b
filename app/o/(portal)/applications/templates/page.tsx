import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import { getTexts } from "@/lib/messages/request-locale";
import { templateIds, templates } from "@/lib/quick-starts/templates/templates";
import { requireRegistration } from "@/lib/services/applications/register-application";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("templates");
  return { title: t("title") };
}

/** Applications that many people run, each a link to what its registration needs. */
export default async function TemplatesPage() {
  await loadPage("/o/applications/templates/", async (context) => requireRegistration(context));
  const [t, applications] = [await getTexts("templates"), await getTexts("applications")];
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        breadcrumbs={[{ label: applications("title"), href: "/o/applications/" }]}
        title={t("title")}
        description={t("description")}
        actions={<ButtonLink href="/o/applications/register/">{t("without")}</ButtonLink>}
      />
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4">
        {templateIds.map((id) => (
          <li key={id}>
            <Link
              href={`/o/applications/templates/${id}/`}
              className="flex min-h-12 items-center rounded-md border border-line bg-surface px-4 py-2 font-medium shadow-low transition-colors hover:border-line-strong hover:bg-hover"
            >
              {templates[id].name}
            </Link>
          </li>
        ))}
      </ul>
    </PortalShell>
  );
}
