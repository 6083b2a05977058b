import type { Metadata } from "next";
import { loadPage } from "@/lib/http/load-page";
import { listAuthorizations } from "@/lib/services/authorizations/list-authorizations";
import { NotFoundError } from "@/lib/services/errors";
import { DangerForm, DangerPage } from "../../../_components/danger-page";
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
      title={`Revoke access for ${name}?`}
      description="It loses access to your account at once, on all your devices. If you use it again, it will ask for access again."
      heading={`${name} will no longer be able to`}
    >
      <AllowedScopes scopes={scopes} />
      <DangerForm action={`${path}submit`} label="Revoke" cancelHref="/o/authorized_tokens/" />
    </DangerPage>
  );
}
