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
import { getTexts } from "@/lib/messages/request-locale";
import { listApplications } from "@/lib/services/applications/list-applications";
import { mayRegister } from "@/lib/services/applications/register-application";
import { can } from "@/lib/services/context";
import { ListPages } from "../_components/list-pages";
import { ApplicationsTable } from "./_components/applications-table";
import { NoApplications } from "./_components/no-applications";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("applications");
  return { title: t("title") };
}

interface Props {
  searchParams: SearchParams;
}

export default async function ApplicationsPage({ searchParams }: Props) {
  const { after } = await searchParams;
  const cursor = typeof after === "string" ? after : undefined;
  const { registers, seesAllApplications, applications, next } = await loadPage(
    "/o/applications/",
    async (context) => ({
      registers: context.actor !== null && mayRegister(context.actor, context.settings),
      seesAllApplications: can(context.actor, "applications:read"),
      ...(await listApplications(context, { after: cursor })),
    }),
  );
  const t = await getTexts("applications");
  const username = (await getCurrentSession())?.user.username ?? "";
  const register = registers && (
    <ButtonLink href="/o/applications/register/" variant="primary" icon={<Plus aria-hidden />}>
      {t("register")}
    </ButtonLink>
  );
  return (
    <PortalShell current="/o/applications/">
      <PageHeader
        title={t("title")}
        description={t(seesAllApplications ? "list.descriptionOfAll" : "list.descriptionOfOwn")}
        actions={applications.length > 0 && register}
      />
      <Card flush>
        {applications.length > 0 && <ApplicationsTable rows={applications} showOwner={seesAllApplications} />}
        {applications.length === 0 && !cursor && register && (
          <NoApplications username={username} fromTerminal={seesAllApplications} register={register} />
        )}
        {applications.length === 0 && !cursor && !register && <EmptyState title={t("list.empty.title")} />}
        {applications.length === 0 && cursor && <EmptyState title={t("list.noOlder")} />}
      </Card>
      <ListPages
        path="/o/applications/"
        isLater={Boolean(cursor)}
        next={next}
        labels={{ first: t("list.newest"), next: t("list.older") }}
      />
    </PortalShell>
  );
}
