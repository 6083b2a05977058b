import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import { getTexts } from "@/lib/messages/request-locale";
import { listAuthorizations } from "@/lib/services/authorizations/list-authorizations";
import { AuthorizationItem } from "./_components/authorization-item";
import { localizeAuthorizations } from "./_components/localize-authorizations";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("authorizations");
  return { title: t("title") };
}

export default async function AuthorizedTokensPage() {
  const authorizations = await localizeAuthorizations(await loadPage("/o/authorized_tokens/", listAuthorizations));
  const t = await getTexts("authorizations");
  return (
    <PortalShell current="/o/authorized_tokens/" width="narrow">
      <PageHeader title={t("title")} description={t("explanation")} />
      <Card flush>
        {authorizations.length > 0 ? (
          <ul aria-label={t("title")} className="divide-y divide-line">
            {authorizations.map((authorization) => (
              <AuthorizationItem key={authorization.applicationId} authorization={authorization} />
            ))}
          </ul>
        ) : (
          <EmptyState
            icon={<KeyRound aria-hidden />}
            title={t("none.title")}
            description={t("none.explanation")}
            action={<ButtonLink href="/o/applications/">{t("none.action")}</ButtonLink>}
          />
        )}
      </Card>
    </PortalShell>
  );
}
