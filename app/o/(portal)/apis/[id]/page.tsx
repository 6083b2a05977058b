import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import { cache } from "react";
import { PortalShell } from "@/app/_components/portal-shell";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/time";
import { loadPage } from "@/lib/http/load-page";
import { apiPath, languagesPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { getApi } from "@/lib/services/apis/get-api";
import { can } from "@/lib/services/context";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { DeleteCard } from "../../_components/delete-card";
import { LanguagesCard } from "../../_components/languages-card";
import { ApiFactsCard } from "./_components/api-facts-card";
import { ApiQuickStartCard } from "./_components/api-quick-start-card";
import { ApiScopesCard } from "./_components/api-scopes-card";
import { ResourceServersCard } from "./_components/resource-servers-card";

interface Props {
  params: Promise<{ id: string }>;
}

const load = cache((id: string) =>
  loadPage(apiPath(id), async (context) => ({
    api: await getApi(context, { id }),
    changeable: can(context.actor, "apis:write"),
    scopes: await listScopes(context),
    settings: context.settings,
  })),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { api } = await load((await params).id);
  return { title: api.name };
}

export default async function ApiPage({ params }: Props) {
  const { id } = await params;
  const path = apiPath(id);
  const { api, changeable, scopes, settings } = await load(id);
  const t = await getTexts("apis");
  return (
    <PortalShell current="/o/apis/">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/o/apis/" }]}
        title={api.name}
        description={t.rich("overview.created", { time: () => <RelativeTime date={api.createdAt} /> })}
        actions={
          changeable && (
            <ButtonLink href={`${path}update/`} icon={<Pencil aria-hidden />}>
              {t("overview.edit")}
            </ButtonLink>
          )
        }
      />
      <div className="grid grid-cols-1 gap-6">
        <ApiFactsCard api={api} serverLifetime={settings.accessTokenLifetime} />
        <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
          <ApiScopesCard scopes={scopes.filter(({ name }) => api.scopes.includes(name))} />
          <ResourceServersCard resourceServers={api.resourceServers} editHref={changeable ? `${path}update/` : null} />
        </div>
        <ApiQuickStartCard api={api} publicUrl={settings.publicUrl} />
        {changeable && (
          <>
            <LanguagesCard href={languagesPath("api", id)} />
            <DeleteCard
              title={t("deletion.card.title")}
              description={t("deletion.card.description")}
              href={`${path}delete/`}
              label={t("deletion.card.label")}
            />
          </>
        )}
      </div>
    </PortalShell>
  );
}
