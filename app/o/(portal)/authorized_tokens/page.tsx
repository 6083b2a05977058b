import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { FoldedList } from "@/components/list/folded-list";
import { readListQuery } from "@/components/list/list-query";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { authorizationSorts, listAuthorizations } from "@/lib/services/authorizations/list-authorizations";
import { AuthorizationDetails, AuthorizationLine } from "./_components/authorization-row";
import { localizeAuthorizations } from "./_components/localize-authorizations";

const path = "/o/authorized_tokens/";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("authorizations");
  return { title: t("title") };
}

export default async function AuthorizedTokensPage({ searchParams }: { searchParams: SearchParams }) {
  const query = readListQuery(await searchParams, { sorts: authorizationSorts });
  const locale = await getLocale();
  const list = await loadPage(path, (context) => listAuthorizations(context, { ...query.input, locale }));
  const t = await getTexts("authorizations");
  return (
    <PortalShell current={path} width="narrow">
      <PageHeader title={t("title")} description={t("explanation")} />
      <FoldedList
        path={path}
        query={query}
        caption={t("title")}
        search={{ label: t("search") }}
        sorts={[
          { value: "", label: t("sorts.lastUsed") },
          { value: "name", label: t("sorts.name") },
          { value: "-authorized", label: t("sorts.authorized") },
        ]}
        rows={await localizeAuthorizations(list.authorizations)}
        rowKey={({ applicationId }) => applicationId}
        next={list.next}
        count={list.count}
        line={(row) => <AuthorizationLine authorization={row} />}
        rest={(row) => <AuthorizationDetails authorization={row} />}
        action={({ applicationId, name }) => (
          <ButtonLink
            href={`${path}${applicationId}/delete/`}
            variant="danger-quiet"
            size="sm"
            aria-label={t("revokeOf", { name })}
          >
            {t("revoke")}
          </ButtonLink>
        )}
        empty={
          <EmptyState
            icon={<KeyRound aria-hidden />}
            title={t("none.title")}
            description={t("none.explanation")}
            action={<ButtonLink href="/o/applications/">{t("none.action")}</ButtonLink>}
          />
        }
      />
    </PortalShell>
  );
}
