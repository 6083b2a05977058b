import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { readListQuery } from "@/components/list/list-query";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import { scopesPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { listScopeUsage, scopeAccesses, scopeKinds, scopeSorts } from "@/lib/services/scopes/list-scope-usage";
import { ApisAndScopesTabs } from "../_components/apis-and-scopes-tabs";
import { loadApiChoices } from "./_components/load-api-choices";
import { ScopesList } from "./_components/scopes-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("scopes");
  return { title: t("title") };
}

export default async function ScopesPage({ searchParams }: { searchParams: SearchParams }) {
  const query = readListQuery(await searchParams, {
    sorts: scopeSorts,
    filters: { access: scopeAccesses, kind: scopeKinds, api: null },
  });
  const { changeable, list, apis } = await loadPage(scopesPath, async (context) => ({
    changeable: can(context.actor, "scopes:write"),
    list: await listScopeUsage(context, query.input),
    apis: await loadApiChoices(context, query.input.api),
  }));
  const [t, shared] = [await getTexts("scopes"), await getTexts("console")];
  const create = changeable && (
    <ButtonLink href={`${scopesPath}create/`} variant="primary" icon={<Plus aria-hidden />}>
      {t("create.title")}
    </ButtonLink>
  );
  return (
    <PortalShell current={scopesPath}>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <ButtonLink href={`${scopesPath}export/`}>{shared("export.button")}</ButtonLink>
            {create}
          </>
        }
      />
      <ApisAndScopesTabs current="scopes" />
      <ScopesList list={list} query={query} apis={apis} changeable={changeable} create={create} />
    </PortalShell>
  );
}
