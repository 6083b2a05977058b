import type { Metadata } from "next";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { describeDeletion } from "@/lib/services/applications/delete-application";
import { ConfirmedDeletionForm } from "../../../_components/confirmed-deletion-form";
import { DangerPage } from "../../../_components/danger-page";
import { ApplicationImpact } from "../_components/application-impact";

export const metadata: Metadata = { title: "Delete application" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
};

export default async function DeleteApplicationPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = applicationPath(id);
  const consequences = await loadPage(`${path}delete/`, (context) => describeDeletion(context, id));
  const { name } = consequences;
  const { rejected } = await searchParams;
  return (
    <DangerPage
      current="/o/applications/"
      breadcrumbs={[
        { label: "Applications", href: "/o/applications/" },
        { label: name, href: path },
      ]}
      title={`Delete ${name}?`}
      description="This can't be undone. Its client ID and secrets stop working at once, and no other application can use the client ID again."
      heading="What will be affected"
    >
      <ApplicationImpact consequences={consequences} purpose="delete" />
      <ConfirmedDeletionForm
        action={`${path}delete/submit`}
        name={name}
        rejected={rejected === "name"}
        label="Delete application"
        cancelHref={path}
      />
    </DangerPage>
  );
}
