import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { NativeForm } from "@/components/layout/native-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { listAuthorizations } from "@/lib/services/authorizations/list-authorizations";
import { NotFoundError } from "@/lib/services/errors";
import { loadPage } from "../../../load-page";
import { AllowedScopes } from "../../_components/allowed-scopes";

export const metadata: Metadata = { title: "Revoke authorization" };

export default async function RevokeAuthorizationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = `/o/authorized_tokens/${id}/delete/`;
  const { name, scopes } = await loadPage(path, async (context) => {
    const authorizations = await listAuthorizations(context);
    const authorization = authorizations.find(({ applicationId }) => applicationId === id);
    if (!authorization) throw new NotFoundError("The authorization");
    return authorization;
  });
  return (
    <PortalShell current="/o/authorized_tokens/" width="narrow">
      <PageHeader
        breadcrumbs={[{ label: "Authorized applications", href: "/o/authorized_tokens/" }]}
        title={`Revoke what ${name} may do?`}
        description="It is cut off at once, wherever it is connected as you. If you use it again, it has to ask you again."
      />
      <Card title={`${name} would no longer be able to`} tone="danger">
        <div className="grid grid-cols-1 gap-6">
          <AllowedScopes scopes={scopes} />
          <NativeForm action={`${path}submit`} csrf={await getCsrfToken()}>
            <FormActions>
              <Button type="submit" variant="danger">
                Revoke
              </Button>
              <ButtonLink href="/o/authorized_tokens/">Cancel</ButtonLink>
            </FormActions>
          </NativeForm>
        </div>
      </Card>
    </PortalShell>
  );
}
