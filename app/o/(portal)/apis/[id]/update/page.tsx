import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { loadPage } from "@/lib/http/load-page";
import { apiPath } from "@/lib/http/paths";
import { getApi } from "@/lib/services/apis/get-api";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { ApiForm } from "../../_components/api-form";
import { submitApi } from "../../actions";

export const metadata: Metadata = { title: "Edit API" };

export default async function UpdateApiPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = apiPath(id);
  const { api, scopes, serverLifetime } = await loadPage(`${path}update/`, async (context) => ({
    api: await getApi(context, id, "apis:write"),
    scopes: await listScopes(context),
    serverLifetime: context.settings.accessTokenLifetime,
  }));
  return (
    <PortalShell current="/o/apis/">
      <PageHeader
        breadcrumbs={[
          { label: "APIs", href: "/o/apis/" },
          { label: api.name, href: path },
        ]}
        title={`Edit ${api.name}`}
        description="The identifier can't be changed."
      />
      <ApiForm
        kind="update"
        action={submitApi.bind(null, id)}
        csrf={await getCsrfToken()}
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
    </PortalShell>
  );
}
