import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { applicationPath } from "@/lib/http/secret-flash";
import { describeDeletion } from "@/lib/services/applications/delete-application";
import { ConfirmedDeletionForm } from "../../../_components/confirmed-deletion-form";
import { loadPage } from "../../../load-page";
import { LossList } from "../_components/loss-list";

export const metadata: Metadata = { title: "Delete application" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function DeleteApplicationPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = applicationPath(id);
  const consequences = await loadPage(`${path}delete/`, (context) => describeDeletion(context, id));
  const { name } = consequences;
  const { rejected } = await searchParams;
  return (
    <PortalShell current="/o/applications/" width="narrow">
      <PageHeader
        breadcrumbs={[
          { label: "Applications", href: "/o/applications/" },
          { label: name, href: path },
        ]}
        title={`Delete ${name}?`}
        description="This can't be undone. Its client ID and secrets stop working at once, and no other application can use the client ID again."
      />
      <Card title="What goes with it" tone="danger">
        <div className="grid grid-cols-1 gap-6">
          <LossList consequences={consequences} purpose="delete" />
          <ConfirmedDeletionForm
            action={`${path}delete/submit`}
            csrf={await getCsrfToken()}
            name={name}
            rejected={rejected === "name"}
            label="Delete application"
            cancelHref={path}
          />
        </div>
      </Card>
    </PortalShell>
  );
}
