import type { Metadata } from "next";
import { ApplicationNames } from "@/app/o/(portal)/_components/application-names";
import { ConfirmedDeletionForm } from "@/app/o/(portal)/_components/confirmed-deletion-form";
import { DangerPage } from "@/app/o/(portal)/_components/danger-page";
import { DeletionImpact } from "@/app/o/(portal)/_components/deletion-impact";
import { bdi } from "@/components/texts/rich-tags";
import { loadPage } from "@/lib/http/load-page";
import { groupPath, groupsPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { describeGroupDeletion } from "@/lib/services/groups/delete-group";
import { describeCount } from "../../_components/describe-count";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("groups");
  return { title: t("deletion.title") };
}

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export default async function DeleteGroupPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { rejected } = await searchParams;
  const path = groupPath(id);
  const { name, members, shared, closed } = await loadPage(`${path}delete/`, (context) =>
    describeGroupDeletion(context, { id }),
  );
  const t = await getTexts("groups");
  return (
    <DangerPage
      current={groupsPath}
      breadcrumbs={[
        { label: t("title"), href: groupsPath },
        { label: name, href: path },
      ]}
      title={t.rich("deletion.heading", { name, bdi })}
      description={t("deletion.description")}
      heading={t("deletion.impact")}
    >
      <DeletionImpact
        columns={3}
        items={[
          {
            count: t("deletion.members.count", { value: members.value, shown: describeCount(t, members) }),
            text: t("deletion.members.text"),
          },
          { count: t("deletion.closed.count", { count: closed.count }), text: t("deletion.closed.text") },
          { count: t("deletion.shared.count", { count: shared.count }), text: t("deletion.shared.text") },
        ]}
      />
      {closed.count > 0 && (
        <p className="text-pretty">
          {t.rich("deletion.closed.names", { names: () => <ApplicationNames applications={closed} /> })}
        </p>
      )}
      <p className="text-pretty">{t("deletion.claims")}</p>
      <ConfirmedDeletionForm
        action={`${path}delete/submit`}
        name={name}
        rejected={rejected === "name"}
        label={t("deletion.submit")}
        cancelHref={path}
      />
    </DangerPage>
  );
}
