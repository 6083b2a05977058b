import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { loadPage } from "@/lib/http/load-page";
import { scopePath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getScope } from "@/lib/services/scopes/get-scope";
import { introspectionScope } from "@/lib/services/scopes/scope-schema";
import { DeleteCard } from "../../_components/delete-card";
import { ScopeForm } from "../_components/scope-form";
import { readScopeName } from "../_components/scope-path";
import { UsageCard } from "../_components/usage-card";
import { submitScope } from "../actions";

export const metadata: Metadata = { title: "Edit scope" };

type Props = { searchParams: SearchParams };

export default async function UpdateScopePage({ searchParams }: Props) {
  const name = await readScopeName(searchParams);
  const scope = await loadPage(scopePath("update", name), (context) => getScope(context, name, "scopes:write"));
  const isFixed = name === introspectionScope;
  return (
    <PortalShell current="/o/scopes/">
      <PageHeader
        breadcrumbs={[{ label: "Scopes", href: "/o/scopes/" }]}
        title={`Edit ${name}`}
        description="Changes apply to new grants. Users who already allowed it aren't asked again."
      />
      <div className="grid grid-cols-1 gap-6">
        <ScopeForm
          kind="update"
          action={submitScope.bind(null, name)}
          csrf={await getCsrfToken()}
          initial={{
            name,
            description: scope.description,
            is_default: scope.isDefault,
            is_restricted: scope.isRestricted,
          }}
          isOnlyDefault={scope.isOnlyDefault}
          isFixed={isFixed}
        />
        <UsageCard scope={scope} />
        {!isFixed && (
          <DeleteCard
            title="Delete this scope"
            description="Nothing is deleted until you confirm on the next page."
            href={scopePath("delete", name)}
            label="Delete scope…"
          />
        )}
      </div>
    </PortalShell>
  );
}
