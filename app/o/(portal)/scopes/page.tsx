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
import { can } from "@/lib/services/context";
import { listScopeUsage } from "@/lib/services/scopes/list-scope-usage";
import { ApisAndScopesTabs } from "../_components/apis-and-scopes-tabs";
import { ListPages } from "../_components/list-pages";
import { ScopesTable } from "./_components/scopes-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("scopes");
  return { title: t("title") };
}

interface Props {
  searchParams: SearchParams;
}

export default async function ScopesPage({ searchParams }: Props) {
  const { after } = await searchParams;
  const cursor = typeof after === "string" ? after : undefined;
  const { changeable, scopes, next } = await loadPage("/o/scopes/", async (context) => ({
    changeable: can(context.actor, "scopes:write"),
    ...(await listScopeUsage(context, { after: cursor })),
  }));
  const t = await getTexts("scopes");
  return (
    <PortalShell current="/o/scopes/">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          changeable && (
            <ButtonLink href="/o/scopes/create/" variant="primary" icon={<Plus aria-hidden />}>
              {t("create.title")}
            </ButtonLink>
          )
        }
      />
      <ApisAndScopesTabs current="scopes" />
      <Card flush>
        {scopes.length > 0 ? (
          <ScopesTable rows={scopes} changeable={changeable} />
        ) : (
          <EmptyState
            title={cursor ? t("pages.end") : t("empty.title")}
            description={cursor || !changeable ? undefined : t("empty.description")}
          />
        )}
      </Card>
      <ListPages
        path="/o/scopes/"
        isLater={Boolean(cursor)}
        next={next}
        labels={{ first: t("pages.first"), next: t("pages.next") }}
      />
    </PortalShell>
  );
}
