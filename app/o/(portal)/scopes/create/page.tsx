import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { loadPage } from "@/lib/http/load-page";
import { requirePermission } from "@/lib/services/context";
import { ScopeForm } from "../_components/scope-form";
import { submitNewScope } from "../actions";

export const metadata: Metadata = { title: "Create a scope" };

export default async function CreateScopePage() {
  await loadPage("/o/scopes/create/", async (context) => requirePermission(context, "scopes:write"));
  return (
    <PortalShell current="/o/scopes/">
      <PageHeader
        breadcrumbs={[{ label: "Scopes", href: "/o/scopes/" }]}
        title="Create a scope"
        description="Something that applications may be allowed to do."
      />
      <ScopeForm
        kind="create"
        action={submitNewScope}
        csrf={await getCsrfToken()}
        initial={{ name: "", description: "", is_default: false, is_restricted: false }}
        isOnlyDefault={false}
        isFixed={false}
      />
    </PortalShell>
  );
}
