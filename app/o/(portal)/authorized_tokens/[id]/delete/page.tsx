import type { Metadata } from "next";
import { listAuthorizations } from "@/lib/services/authorizations/list-authorizations";
import { NotFoundError } from "@/lib/services/errors";
import { DangerForm, DangerPage } from "../../../_components/danger-page";
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
    <DangerPage
      current="/o/authorized_tokens/"
      breadcrumbs={[{ label: "Authorized applications", href: "/o/authorized_tokens/" }]}
      title={`Revoke what ${name} may do?`}
      description="It is cut off at once, wherever it is connected as you. If you use it again, it has to ask you again."
      heading={`${name} would no longer be able to`}
    >
      <AllowedScopes scopes={scopes} />
      <DangerForm action={`${path}submit`} label="Revoke" cancelHref="/o/authorized_tokens/" />
    </DangerPage>
  );
}
