import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { getCurrentSession } from "@/lib/auth/current-session";
import { loadPage } from "@/lib/http/load-page";
import type { SearchParams } from "@/lib/http/search-params";
import { listApplications } from "@/lib/services/applications/list-applications";
import { can } from "@/lib/services/context";
import { ListPages } from "../_components/list-pages";
import { ApplicationsTable } from "./_components/applications-table";
import { NoApplications } from "./_components/no-applications";

export const metadata: Metadata = { title: "Applications" };

type Props = { searchParams: SearchParams };

export default async function ApplicationsPage({ searchParams }: Props) {
  const { after } = await searchParams;
  const cursor = typeof after === "string" ? after : undefined;
  const { seesAllApplications, applications, next } = await loadPage("/o/applications/", async (context) => ({
    seesAllApplications: can(context.actor, "applications:read"),
    ...(await listApplications(context, { after: cursor })),
  }));
  const username = (await getCurrentSession())?.user.username ?? "";
  const register = (
    <ButtonLink href="/o/applications/register/" variant="primary" icon={<Plus aria-hidden />}>
      Register an application
    </ButtonLink>
  );
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        title="Applications"
        description={
          seesAllApplications
            ? "Applications that use this server to sign people in or get tokens."
            : "Your applications that use this server to sign people in or get tokens."
        }
        actions={applications.length > 0 && register}
      />
      <Card flush>
        {applications.length > 0 && <ApplicationsTable rows={applications} showOwner={seesAllApplications} />}
        {applications.length === 0 && !cursor && <NoApplications username={username} register={register} />}
        {applications.length === 0 && cursor && <EmptyState title="No older applications" />}
      </Card>
      <ListPages
        path="/o/applications/"
        isLater={Boolean(cursor)}
        next={next}
        labels={{ first: "Newest", next: "Older" }}
      />
    </PortalShell>
  );
}
