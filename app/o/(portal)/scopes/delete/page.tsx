import type { Metadata } from "next";
import { bdi } from "@/components/texts/rich-tags";
import { loadPage } from "@/lib/http/load-page";
import { scopePath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { getScope } from "@/lib/services/scopes/get-scope";
import { introspectionScope } from "@/lib/services/scopes/scope-schema";
import { ConfirmedDeletionForm } from "../../_components/confirmed-deletion-form";
import { DangerPage } from "../../_components/danger-page";
import { DeletionRefused } from "../_components/deletion-refused";
import { ScopeDeletionImpact } from "../_components/scope-deletion-impact";
import { readScopeName } from "../_components/scope-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("scopes");
  return { title: t("deletion.title") };
}

interface Props {
  searchParams: SearchParams;
}

export default async function DeleteScopePage({ searchParams }: Props) {
  const name = await readScopeName(searchParams);
  const { rejected } = await searchParams;
  const scope = await loadPage(scopePath("delete", name), (context) => getScope(context, { name }, "scopes:write"));
  const cancelHref = scopePath("update", name);
  const isRefused = name === introspectionScope || scope.dependents.count > 0;
  const t = await getTexts("scopes");
  return (
    <DangerPage
      current="/o/scopes/"
      breadcrumbs={[
        { label: t("title"), href: "/o/scopes/" },
        { label: name, href: cancelHref },
      ]}
      title={t.rich("deletion.heading", { name, bdi })}
      description={t("deletion.description")}
      heading={t("deletion.impact")}
      refusal={isRefused && <DeletionRefused scope={scope} cancelHref={cancelHref} />}
    >
      <ScopeDeletionImpact scope={scope} />
      <ConfirmedDeletionForm
        action="/o/scopes/delete/submit"
        hidden={{ name }}
        name={name}
        rejected={rejected === "name"}
        label={t("deletion.submit")}
        cancelHref={cancelHref}
      />
    </DangerPage>
  );
}
