import type { Metadata } from "next";
import { ApplicationNames } from "@/app/o/(portal)/_components/application-names";
import { ConfirmedDeletionForm } from "@/app/o/(portal)/_components/confirmed-deletion-form";
import { DangerPage } from "@/app/o/(portal)/_components/danger-page";
import { DeletionImpact } from "@/app/o/(portal)/_components/deletion-impact";
import { bdi } from "@/components/texts/rich-tags";
import { loadPage } from "@/lib/http/load-page";
import { attributePath, attributesPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { describeAttributeDeletion } from "@/lib/services/attributes/delete-attribute";
import { describeHolders } from "../../_components/describe-holders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("attributes");
  return { title: t("deletion.title") };
}

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export default async function DeleteAttributePage({ params, searchParams }: Props) {
  const { id } = await params;
  const { rejected } = await searchParams;
  const path = attributePath(id);
  const { name, users, readers } = await loadPage(`${path}delete/`, (context) =>
    describeAttributeDeletion(context, { id }),
  );
  const t = await getTexts("attributes");
  return (
    <DangerPage
      current={attributesPath}
      breadcrumbs={[
        { label: t("title"), href: attributesPath },
        { label: name, href: path },
      ]}
      title={t.rich("deletion.heading", { name, bdi })}
      description={t("deletion.description")}
      heading={t("deletion.impact")}
    >
      <DeletionImpact
        items={[
          {
            count: t("deletion.users.count", { value: users.value, shown: describeHolders(t, users) }),
            text: t("deletion.users.text"),
          },
          { count: t("deletion.readers.count", { count: readers.count }), text: t("deletion.readers.text") },
        ]}
      />
      {readers.count > 0 && (
        <p className="text-pretty">
          {t.rich("deletion.readers.names", { names: () => <ApplicationNames applications={readers} /> })}
        </p>
      )}
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
