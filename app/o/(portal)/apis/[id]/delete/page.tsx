import type { Metadata } from "next";
import { loadPage } from "@/lib/http/load-page";
import { apiPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { describeApiDeletion } from "@/lib/services/apis/delete-api";
import { ApplicationNames } from "../../../_components/application-names";
import { ConfirmedDeletionForm } from "../../../_components/confirmed-deletion-form";
import { DangerPage } from "../../../_components/danger-page";
import { DeletionImpact } from "../../../_components/deletion-impact";
import { formatLifetime } from "../../_components/token-formats";
import { DeletionRefused } from "../_components/deletion-refused";

export const metadata: Metadata = { title: "Delete API" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
};

export default async function DeleteApiPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { rejected } = await searchParams;
  const path = apiPath(id);
  const { api, serverLifetime } = await loadPage(`${path}delete/`, async (context) => ({
    api: await describeApiDeletion(context, id),
    serverLifetime: context.settings.accessTokenLifetime,
  }));
  const { resourceServers, dependents } = api;
  const lifetime = formatLifetime(api.accessTokenLifetime ?? serverLifetime);
  return (
    <DangerPage
      current="/o/apis/"
      breadcrumbs={[
        { label: "APIs", href: "/o/apis/" },
        { label: api.name, href: path },
      ]}
      title={`Delete ${api.name}?`}
      description="This can't be undone. No new tokens are issued for it."
      heading="What will be affected"
      refusal={dependents.count > 0 && <DeletionRefused dependents={dependents} cancelHref={path} />}
    >
      <DeletionImpact
        items={[
          {
            count: "No new tokens",
            text: "Requests that name it are refused with invalid_target, and so are refreshes: users have to authorize their applications again.",
          },
          {
            count: resourceServers.count === 1 ? "1 resource server" : `${resourceServers.count} resource servers`,
            text: "may no longer introspect tokens for it.",
          },
        ]}
      />
      {resourceServers.count > 0 && (
        <p className="text-pretty">
          Resource servers: <ApplicationNames applications={resourceServers} />.
        </p>
      )}
      <p className="text-pretty">
        Access tokens for it are not revoked: they stay valid until they expire, with the current lifetime within{" "}
        {lifetime}.
      </p>
      <ConfirmedDeletionForm
        action={`${path}delete/submit`}
        name={api.name}
        rejected={rejected === "name"}
        label="Delete API"
        cancelHref={path}
      />
    </DangerPage>
  );
}
