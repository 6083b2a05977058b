import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { getPendingImport } from "@/lib/services/users/transfer/pending-import";
import { ImportReportCard } from "./_components/import-report-card";
import { UserFileForm } from "./_components/user-file-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("userTransfer");
  return { title: t("import.title") };
}

/** A file is chosen, its check is read, and then it is imported: each step is this page with what there is so far. */
export default async function ImportUsersPage({ searchParams }: { searchParams: SearchParams }) {
  const { rejected } = await searchParams;
  const pending = await loadPage("/admin/users/import/", getPendingImport);
  const t = await getTexts("userTransfer");
  const errors = rejected === "file" ? (await readFormFlash("/admin/users/import"))?.fieldErrors.file : undefined;
  const csrf = await getCsrfToken();
  return (
    <PortalShell current="/admin/users/" width="narrow">
      <PageHeader
        breadcrumbs={[{ label: t("users"), href: "/admin/users/" }]}
        title={t("import.title")}
        description={t("import.description")}
      />
      {pending && !errors ? (
        <ImportReportCard pending={pending} csrf={csrf} />
      ) : (
        <UserFileForm csrf={csrf} error={errors?.join(" ")} />
      )}
    </PortalShell>
  );
}
