import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { applicationPath } from "@/lib/http/secret-flash";
import { describeDeletion } from "@/lib/services/applications/delete-application";
import { getApplication } from "@/lib/services/applications/get-application";
import { loadPage } from "../../../load-page";
import { LossList } from "../_components/loss-list";

export const metadata: Metadata = { title: "Disable application" };

export default async function DisableApplicationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = applicationPath(id);
  const { application, consequences } = await loadPage(`${path}disable/`, async (context) => ({
    application: await getApplication(context, id),
    consequences: await describeDeletion(context, id),
  }));
  // Disabled already: its page says so.
  if (application.disabled) redirect(path);
  const { name } = application;
  return (
    <PortalShell current="/o/applications/" width="narrow">
      <PageHeader
        breadcrumbs={[
          { label: "Applications", href: "/o/applications/" },
          { label: name, href: path },
        ]}
        title={`Disable ${name}?`}
        description="Nobody can sign in with it until it is enabled again. Takes effect at once; nothing is deleted."
      />
      <Card title="What stops working" tone="danger">
        <div className="grid grid-cols-1 gap-6">
          <LossList consequences={consequences} purpose="disable" />
          <NativeForm action={`${path}disable/submit`} csrf={await getCsrfToken()}>
            <input type="hidden" name="disabled" value="true" />
            <FormActions>
              <Button type="submit" variant="danger">
                Disable application
              </Button>
              <ButtonLink href={path}>Cancel</ButtonLink>
            </FormActions>
          </NativeForm>
        </div>
      </Card>
    </PortalShell>
  );
}
