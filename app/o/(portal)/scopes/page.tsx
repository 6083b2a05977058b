import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { listScopeUsage } from "@/lib/services/scopes/list-scope-usage";
import { ListPages } from "../_components/list-pages";
import { ScopesTable } from "./_components/scopes-table";

export const metadata: Metadata = { title: "Scopes" };

type Props = { searchParams: SearchParams };

export default async function ScopesPage({ searchParams }: Props) {
  const { after } = await searchParams;
  const cursor = typeof after === "string" ? after : undefined;
  const { scopes, next } = await loadPage("/o/scopes/", (context) => listScopeUsage(context, { after: cursor }));
  return (
    <PortalShell current="/o/scopes/">
      <PageHeader
        title="Scopes"
        description="What applications may request, and how users are asked for it."
        actions={
          <ButtonLink href="/o/scopes/create/" variant="primary" icon={<Plus aria-hidden />}>
            Create a scope
          </ButtonLink>
        }
      />
      <Card flush>
        {scopes.length > 0 ? (
          <ScopesTable rows={scopes} />
        ) : (
          <EmptyState
            title={cursor ? "No more scopes" : "No scopes yet"}
            description={cursor ? undefined : "Applications need at least one to get tokens."}
          />
        )}
      </Card>
      <ListPages path="/o/scopes/" isLater={Boolean(cursor)} next={next} labels={{ first: "First", next: "Next" }} />
    </PortalShell>
  );
}
