import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { loadPage } from "@/lib/http/load-page";
import { requirePermission } from "@/lib/services/context";
import { listScopes } from "@/lib/services/scopes/list-scopes";
import { ApiForm } from "../_components/api-form";
import { submitNewApi } from "../actions";

export const metadata: Metadata = { title: "Create an API" };

export default async function CreateApiPage() {
  const { scopes, serverLifetime } = await loadPage("/o/apis/create/", async (context) => {
    requirePermission(context, "apis:write");
    return { scopes: await listScopes(context), serverLifetime: context.settings.accessTokenLifetime };
  });
  return (
    <PortalShell current="/o/apis/">
      <PageHeader
        breadcrumbs={[{ label: "APIs", href: "/o/apis/" }]}
        title="Create an API"
        description="Applications can then get tokens that are valid only for it."
      />
      <ApiForm
        kind="create"
        action={submitNewApi}
        csrf={await getCsrfToken()}
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
    </PortalShell>
  );
}
