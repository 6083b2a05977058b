import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { listApis } from "@/lib/services/apis/list-apis";
import { can } from "@/lib/services/context";
import { ApisAndScopesTabs } from "../_components/apis-and-scopes-tabs";
import { ListPages } from "../_components/list-pages";
import { ApisTable } from "./_components/apis-table";
import { NoApis } from "./_components/no-apis";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("apis");
  return { title: t("title") };
}

interface Props {
  searchParams: SearchParams;
}

export default async function ApisPage({ searchParams }: Props) {
  const { after } = await searchParams;
  const cursor = typeof after === "string" ? after : undefined;
  const { changeable, apis, next } = await loadPage("/o/apis/", async (context) => ({
    changeable: can(context.actor, "apis:write"),
    ...(await listApis(context, { after: cursor })),
  }));
  const t = await getTexts("apis");
  const create = changeable && (
    <ButtonLink href="/o/apis/create/" variant="primary" icon={<Plus aria-hidden />}>
      {t("create.title")}
    </ButtonLink>
  );
  return (
    <PortalShell current="/o/apis/">
      <PageHeader title={t("title")} description={t("description")} actions={apis.length > 0 && create} />
      <ApisAndScopesTabs current="apis" />
      <Card flush>
        {apis.length > 0 && <ApisTable rows={apis} />}
        {apis.length === 0 && !cursor && <NoApis create={create} />}
        {apis.length === 0 && cursor && <EmptyState title={t("pages.end")} />}
      </Card>
      <ListPages
        path="/o/apis/"
        isLater={Boolean(cursor)}
        next={next}
        labels={{ first: t("pages.first"), next: t("pages.next") }}
      />
    </PortalShell>
  );
}
