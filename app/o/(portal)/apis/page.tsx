import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { readListQuery } from "@/components/list/list-query";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import { apisPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { apiSorts, apiTokenFormats, listApis } from "@/lib/services/apis/list-apis";
import { can } from "@/lib/services/context";
import { ApisAndScopesTabs } from "../_components/apis-and-scopes-tabs";
import { ApisList } from "./_components/apis-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("apis");
  return { title: t("title") };
}

export default async function ApisPage({ searchParams }: { searchParams: SearchParams }) {
  const query = readListQuery(await searchParams, {
    sorts: apiSorts,
    filters: { tokenFormat: apiTokenFormats, scope: null },
  });
  const { changeable, list } = await loadPage(apisPath, async (context) => ({
    changeable: can(context.actor, "apis:write"),
    list: await listApis(context, query.input),
  }));
  const [t, shared] = [await getTexts("apis"), await getTexts("console")];
  const create = changeable && (
    <ButtonLink href={`${apisPath}create/`} variant="primary" icon={<Plus aria-hidden />}>
      {t("create.title")}
    </ButtonLink>
  );
  return (
    <PortalShell current={apisPath}>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <ButtonLink href={`${apisPath}export/`}>{shared("export.button")}</ButtonLink>
            {create}
          </>
        }
      />
      <ApisAndScopesTabs current="apis" />
      <ApisList list={list} query={query} create={create} />
    </PortalShell>
  );
}
