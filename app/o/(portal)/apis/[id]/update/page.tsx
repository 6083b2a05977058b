import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { bdi } from "@/components/texts/rich-tags";
import { PageHeader } from "@/components/ui/page-header";
import { formPlaces } from "@/lib/http/forms/form-places";
import { loadPage } from "@/lib/http/load-page";
import { apiPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { getApi } from "@/lib/services/apis/get-api";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { ApiEditor } from "../../_components/api-editor";
import { submitApi } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("apis");
  return { title: t("update.title") };
}

export default async function UpdateApiPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = apiPath(id);
  const { api, scopes, serverLifetime } = await loadPage(`${path}update/`, async (context) => ({
    api: await getApi(context, { id }, "apis:write"),
    scopes: await listScopes(context),
    serverLifetime: context.settings.accessTokenLifetime,
  }));
  const t = await getTexts("apis");
  return (
    <PortalShell current="/o/apis/">
      <PageHeader
        breadcrumbs={[
          { label: t("title"), href: "/o/apis/" },
          { label: api.name, href: path },
        ]}
        title={t.rich("update.heading", { name: api.name, bdi })}
        description={t("update.description")}
      />
      <KeptForm place={formPlaces.api(id)}>
        <ApiEditor
          kind="update"
          action={submitApi.bind(null, id)}
          initial={{
            identifier: api.identifier,
            name: api.name,
            scopes: api.scopes,
            token_format: api.tokenFormat,
            access_token_lifetime: api.accessTokenLifetime?.toString() ?? "",
            resource_servers: api.resourceServers.map(({ clientId }) => clientId).join("\n"),
          }}
          scopes={scopes}
          serverLifetime={serverLifetime}
          cancelHref={path}
        />
      </KeptForm>
    </PortalShell>
  );
}
