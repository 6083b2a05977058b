import type { Metadata } from "next";
import { bdi } from "@/components/texts/rich-tags";
import { loadPage } from "@/lib/http/load-page";
import { apiPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import { describeApiDeletion } from "@/lib/services/apis/delete-api";
import { ApplicationNames } from "../../../_components/application-names";
import { ConfirmedDeletionForm } from "../../../_components/confirmed-deletion-form";
import { DangerPage } from "../../../_components/danger-page";
import { DeletionImpact } from "../../../_components/deletion-impact";
import { formatLifetime } from "../../_components/token-formats";
import { DeletionRefused } from "../_components/deletion-refused";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("apis");
  return { title: t("deletion.title") };
}

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export default async function DeleteApiPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { rejected } = await searchParams;
  const path = apiPath(id);
  const { api, serverLifetime } = await loadPage(`${path}delete/`, async (context) => ({
    api: await describeApiDeletion(context, { id }),
    serverLifetime: context.settings.accessTokenLifetime,
  }));
  const { resourceServers, dependents } = api;
  const t = await getTexts("apis");
  const lifetime = formatLifetime(api.accessTokenLifetime ?? serverLifetime, localeOf("apis", await getLocale()));
  return (
    <DangerPage
      current="/o/apis/"
      breadcrumbs={[
        { label: t("title"), href: "/o/apis/" },
        { label: api.name, href: path },
      ]}
      title={t.rich("deletion.heading", { name: api.name, bdi })}
      description={t("deletion.description")}
      heading={t("deletion.impact")}
      refusal={dependents.count > 0 && <DeletionRefused dependents={dependents} cancelHref={path} />}
    >
      <DeletionImpact
        items={[
          { count: t("deletion.tokens.count"), text: t("deletion.tokens.text") },
          {
            count: t("deletion.resourceServers.count", { count: resourceServers.count }),
            text: t("deletion.resourceServers.text", { count: resourceServers.count }),
          },
        ]}
      />
      {resourceServers.count > 0 && (
        <p className="text-pretty">
          {t.rich("deletion.resourceServers.names", {
            names: () => <ApplicationNames applications={resourceServers} />,
          })}
        </p>
      )}
      <p className="text-pretty">{t("deletion.lifetime", { lifetime })}</p>
      <ConfirmedDeletionForm
        action={`${path}delete/submit`}
        name={api.name}
        rejected={rejected === "name"}
        label={t("deletion.submit")}
        cancelHref={path}
      />
    </DangerPage>
  );
}
