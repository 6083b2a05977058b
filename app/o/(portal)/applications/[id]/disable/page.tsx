import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { bdi } from "@/components/texts/rich-tags";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { describeDeletion } from "@/lib/services/applications/delete-application";
import { getApplication } from "@/lib/services/applications/get-application";
import { DangerForm, DangerPage } from "../../../_components/danger-page";
import { ApplicationImpact } from "../_components/application-impact";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("applications");
  return { title: t("disabling.title") };
}

export default async function DisableApplicationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = applicationPath(id);
  const { application, consequences } = await loadPage(`${path}disable/`, async (context) => ({
    application: await getApplication(context, { id }, "applications:write"),
    consequences: await describeDeletion(context, { id }),
  }));
  // Already disabled: its page says so.
  if (application.disabled) redirect(`${path}settings/`);
  const { name } = application;
  const t = await getTexts("applications");
  return (
    <DangerPage
      current="/o/applications/"
      breadcrumbs={[
        { label: t("title"), href: "/o/applications/" },
        { label: name, href: path },
      ]}
      title={t.rich("disabling.heading", { name, bdi })}
      description={t("disabling.description")}
      heading={t("disabling.impact")}
    >
      <ApplicationImpact consequences={consequences} purpose="disable" />
      <DangerForm
        action={`${path}disable/submit`}
        hidden={{ disabled: "true" }}
        label={t("disabling.submit")}
        cancelHref={`${path}settings/`}
      />
    </DangerPage>
  );
}
