import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { bdi } from "@/components/texts/rich-tags";
import { PageHeader } from "@/components/ui/page-header";
import { formPlaces } from "@/lib/http/forms/form-places";
import { loadPage } from "@/lib/http/load-page";
import { languagesPath, scopePath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { getScope } from "@/lib/services/scopes/get-scope";
import { introspectionScope } from "@/lib/services/scopes/scope-schema";
import { DeleteCard } from "../../_components/delete-card";
import { LanguagesCard } from "../../_components/languages-card";
import { ScopeEditor } from "../_components/scope-editor";
import { readScopeName } from "../_components/scope-path";
import { UsageCard } from "../_components/usage-card";
import { submitScope } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("scopes");
  return { title: t("update.title") };
}

interface Props {
  searchParams: SearchParams;
}

export default async function UpdateScopePage({ searchParams }: Props) {
  const name = await readScopeName(searchParams);
  const scope = await loadPage(scopePath("update", name), (context) => getScope(context, { name }, "scopes:write"));
  const isFixed = name === introspectionScope;
  const t = await getTexts("scopes");
  return (
    <PortalShell current="/o/scopes/">
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/o/scopes/" }]}
        title={t.rich("update.heading", { name, bdi })}
        description={t("update.description")}
      />
      <div className="grid grid-cols-1 gap-6">
        <KeptForm place={formPlaces.scope(name)}>
          <ScopeEditor
            kind="update"
            action={submitScope.bind(null, name)}
            initial={{
              name,
              description: scope.description,
              is_default: scope.isDefault,
              is_restricted: scope.isRestricted,
            }}
            isOnlyDefault={scope.isOnlyDefault}
            isFixed={isFixed}
          />
        </KeptForm>
        <UsageCard scope={scope} />
        <LanguagesCard href={languagesPath("scope", name)} />
        {!isFixed && (
          <DeleteCard
            title={t("deletion.card.title")}
            description={t("deletion.card.description")}
            href={scopePath("delete", name)}
            label={t("deletion.card.label")}
          />
        )}
      </div>
    </PortalShell>
  );
}
