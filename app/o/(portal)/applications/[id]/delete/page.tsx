import type { Metadata } from "next";
import { bdi } from "@/components/texts/rich-tags";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { describeDeletion } from "@/lib/services/applications/delete-application";
import { ConfirmedDeletionForm } from "../../../_components/confirmed-deletion-form";
import { DangerPage } from "../../../_components/danger-page";
import { ApplicationImpact } from "../_components/application-impact";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("applications");
  return { title: t("deletion.title") };
}

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export default async function DeleteApplicationPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = applicationPath(id);
  const consequences = await loadPage(`${path}delete/`, (context) => describeDeletion(context, { id }));
  const { name } = consequences;
  const { rejected } = await searchParams;
  const t = await getTexts("applications");
  return (
    <DangerPage
      current="/o/applications/"
      breadcrumbs={[
        { label: t("title"), href: "/o/applications/" },
        { label: name, href: path },
      ]}
      title={t.rich("deletion.heading", { name, bdi })}
      description={t("deletion.description")}
      heading={t("deletion.impact")}
    >
      <ApplicationImpact consequences={consequences} purpose="delete" />
      <ConfirmedDeletionForm
        action={`${path}delete/submit`}
        name={name}
        rejected={rejected === "name"}
        label={t("deletion.submit")}
        cancelHref={`${path}settings/`}
      />
    </DangerPage>
  );
}
