import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { formPlaces } from "@/lib/http/forms/form-places";
import { loadPage } from "@/lib/http/load-page";
import { getTexts } from "@/lib/messages/request-locale";
import { requirePermission } from "@/lib/services/context";
import { ScopeEditor } from "../_components/scope-editor";
import { submitNewScope } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("scopes");
  return { title: t("create.title") };
}

export default async function CreateScopePage() {
  await loadPage("/o/scopes/create/", async (context) => requirePermission(context, "scopes:write"));
  const t = await getTexts("scopes");
  return (
    <PortalShell current="/o/scopes/">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/o/scopes/" }]}
        title={t("create.title")}
        description={t("create.description")}
      />
      <KeptForm place={formPlaces.newScope}>
        <ScopeEditor
          kind="create"
          action={submitNewScope}
          initial={{ name: "", description: "", is_default: false, is_restricted: false }}
          isOnlyDefault={false}
          isFixed={false}
        />
      </KeptForm>
    </PortalShell>
  );
}
