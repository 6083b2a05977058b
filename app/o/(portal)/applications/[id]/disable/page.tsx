import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath } from "@/lib/http/paths";
import { describeDeletion } from "@/lib/services/applications/delete-application";
import { getApplication } from "@/lib/services/applications/get-application";
import { DangerForm, DangerPage } from "../../../_components/danger-page";
import { ApplicationImpact } from "../_components/application-impact";

export const metadata: Metadata = { title: "Disable application" };

export default async function DisableApplicationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = applicationPath(id);
  const { application, consequences } = await loadPage(`${path}disable/`, async (context) => ({
    application: await getApplication(context, id, "applications:write"),
    consequences: await describeDeletion(context, id),
  }));
  // Already disabled: its page says so.
  if (application.disabled) redirect(path);
  const { name } = application;
  return (
    <DangerPage
      current="/o/applications/"
      breadcrumbs={[
        { label: "Applications", href: "/o/applications/" },
        { label: name, href: path },
      ]}
      title={`Disable ${name}?`}
      description="Nobody can sign in with it until it is enabled again. Takes effect at once; nothing is deleted."
      heading="What stops working"
    >
      <ApplicationImpact consequences={consequences} purpose="disable" />
      <DangerForm
        action={`${path}disable/submit`}
        hidden={{ disabled: "true" }}
        label="Disable application"
        cancelHref={path}
      />
    </DangerPage>
  );
}
