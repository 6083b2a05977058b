import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { listApis } from "@/lib/services/apis/list-apis";
import { ListPages } from "../_components/list-pages";
import { ApisTable } from "./_components/apis-table";
import { NoApis } from "./_components/no-apis";

export const metadata: Metadata = { title: "APIs" };

type Props = { searchParams: SearchParams };

export default async function ApisPage({ searchParams }: Props) {
  const { after } = await searchParams;
  const cursor = typeof after === "string" ? after : undefined;
  const { apis, next } = await loadPage("/o/apis/", (context) => listApis(context, { after: cursor }));
  const create = (
    <ButtonLink href="/o/apis/create/" variant="primary" icon={<Plus aria-hidden />}>
      Create an API
    </ButtonLink>
  );
  return (
    <PortalShell current="/o/apis/">
      <PageHeader
        title="APIs"
        description="What applications get tokens for, each with its own scopes and token format."
        actions={apis.length > 0 && create}
      />
      <Card flush>
        {apis.length > 0 && <ApisTable rows={apis} />}
        {apis.length === 0 && !cursor && <NoApis create={create} />}
        {apis.length === 0 && cursor && <EmptyState title="No older APIs" />}
      </Card>
      <ListPages path="/o/apis/" isLater={Boolean(cursor)} next={next} labels={{ first: "Newest", next: "Older" }} />
    </PortalShell>
  );
}
