import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { formPlaces } from "@/lib/http/forms/form-places";
import { loadPage } from "@/lib/http/load-page";
import { getTexts } from "@/lib/messages/request-locale";
import { requirePermission } from "@/lib/services/context";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { ApiEditor } from "../_components/api-editor";
import { submitNewApi } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("apis");
  return { title: t("create.title") };
}

export default async function CreateApiPage() {
  const { scopes, serverLifetime } = await loadPage("/o/apis/create/", async (context) => {
    requirePermission(context, "apis:write");
    return { scopes: await listScopes(context), serverLifetime: context.settings.accessTokenLifetime };
  });
  const t = await getTexts("apis");
  return (
    <PortalShell current="/o/apis/">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/o/apis/" }]}
        title={t("create.title")}
        description={t("create.description")}
      />
      <KeptForm place={formPlaces.newApi}>
        <ApiEditor
          kind="create"
          action={submitNewApi}
          initial={{
            identifier: "",
            name: "",
            scopes: [],
            token_format: "opaque",
            access_token_lifetime: "",
            resource_servers: "",
          }}
          scopes={scopes}
          serverLifetime={serverLifetime}
          cancelHref="/o/apis/"
        />
      </KeptForm>
    </PortalShell>
  );
}
