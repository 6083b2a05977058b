import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import { listAuthorizations } from "@/lib/services/authorizations/list-authorizations";
import { AuthorizationItem } from "./_components/authorization-item";

export const metadata: Metadata = { title: "Authorized applications" };

export default async function AuthorizedTokensPage() {
  const authorizations = await loadPage("/o/authorized_tokens/", listAuthorizations);
  return (
    <PortalShell current="/o/authorized_tokens/" width="narrow">
      <PageHeader
        title="Authorized applications"
        description="Applications with access to your account. Revoke the ones you no longer use."
      />
      <Card flush>
        {authorizations.length > 0 ? (
          <ul aria-label="Authorized applications" className="divide-y divide-line">
            {authorizations.map((authorization) => (
              <AuthorizationItem key={authorization.applicationId} authorization={authorization} />
            ))}
          </ul>
        ) : (
          <EmptyState
            icon={<KeyRound aria-hidden />}
            title="No authorized applications yet"
            description="Applications that you authorize appear here. You can revoke their access at any time."
            action={<ButtonLink href="/o/applications/">See your applications</ButtonLink>}
          />
        )}
      </Card>
    </PortalShell>
  );
}
