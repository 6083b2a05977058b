import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { listHref } from "@/components/list/list-query";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { getCurrentSession } from "@/lib/auth/current-session";
import { loadPage } from "@/lib/http/load-page";
import { applicationsPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { listApplications } from "@/lib/services/applications/list-applications";
import { mayRegister } from "@/lib/services/applications/register-application";
import { actorId, can } from "@/lib/services/context";
import { ApplicationsList } from "./_components/list/applications-list";
import { BulkOutcome } from "./_components/list/bulk-outcome";
import { readApplicationsQuery } from "./_components/list/list-filters";
import { NoApplications } from "./_components/list/no-applications";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("applications");
  return { title: t("title") };
}

interface Props {
  searchParams: SearchParams;
}

export default async function ApplicationsPage({ searchParams }: Props) {
  const query = readApplicationsQuery(await searchParams);
  const { list, registers, changes, reader } = await loadPage(applicationsPath, async (context) => {
    const seesAll = can(context.actor, "applications:read");
    return {
      list: await listApplications(context, query.input),
      registers: context.actor !== null && mayRegister(context.actor, context.settings),
      changes: !seesAll || can(context.actor, "applications:write"),
      reader: { seesAll, id: actorId(context) },
    };
  });
  const [t, own] = [await getTexts("applications"), await getTexts("applicationList")];
  const username = (await getCurrentSession())?.user.username ?? "";
  const register = registers && (
    <ButtonLink href={`${applicationsPath}register/`} variant="primary" icon={<Plus aria-hidden />}>
      {t("register")}
    </ButtonLink>
  );
  const isEmpty = list.count.value === 0 && Object.keys(query.input).length === 0;
  return (
    <PortalShell current={applicationsPath}>
      <PageHeader
        title={t("title")}
        description={own(reader.seesAll ? "descriptionOfAll" : "descriptionOfOwn")}
        actions={
          !isEmpty && (
            <>
              <ButtonLink href={listHref(`${applicationsPath}export/`, query)}>{own("actions.export")}</ButtonLink>
              {register}
            </>
          )
        }
      />
      <div className="grid grid-cols-1 gap-4">
        <BulkOutcome />
        <ApplicationsList
          list={list}
          query={query}
          reader={reader}
          csrf={changes ? await getCsrfToken() : undefined}
          empty={
            register ? (
              <NoApplications username={username} fromTerminal={reader.seesAll} register={register} />
            ) : (
              <EmptyState title={own("empty.title")} />
            )
          }
        />
      </div>
    </PortalShell>
  );
}
