import type { Metadata } from "next";
import { cache } from "react";
import { DeleteCard } from "@/app/o/(portal)/_components/delete-card";
import { SectionForm } from "@/components/editing/section-form";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { AbsoluteTime } from "@/components/ui/time";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { groupPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { getGroup } from "@/lib/services/groups/get-group";
import { GroupFields } from "../_components/group-fields";
import { GroupPage } from "./_components/group-page";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const load = cache((id: string) =>
  loadPage(groupPath(id), async (context) => ({
    group: await getGroup(context, { id }),
    changeable: can(context.actor, "groups:write"),
    seesMembers: can(context.actor, "users:read"),
  })),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { group } = await load((await params).id);
  return { title: group.name };
}

export default async function GroupSettingsPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { rejected } = await searchParams;
  const { group, changeable, seesMembers } = await load(id);
  const page = `/admin/groups/${id}`;
  const notice = await readNotice(page, ["created", "saved"]);
  const flash = rejected === undefined ? null : await readFormFlash(page);
  const t = await getTexts("groups");
  return (
    <GroupPage group={group} current="settings" seesMembers={seesMembers}>
      {notice === "created" && (
        <Alert tone="success" announce>
          {t("create.done")}
        </Alert>
      )}
      {changeable ? (
        <SectionForm
          title={t("settings.about")}
          action={`${groupPath(id)}submit`}
          csrf={await getCsrfToken()}
          saved={notice === "saved"}
          rejected={flash !== null}
        >
          <GroupFields group={group} rejected={flash} />
        </SectionForm>
      ) : (
        <Card title={t("settings.about")}>
          <KeyValueList
            items={[
              { label: t("name"), value: group.name },
              { label: t("descriptionColumn"), value: group.description || t("notSet") },
              { label: t("created"), value: <AbsoluteTime date={group.createdAt} /> },
            ]}
          />
        </Card>
      )}
      {changeable && (
        <DeleteCard
          title={t("deletion.card.title")}
          description={t("deletion.card.description")}
          href={`${groupPath(id)}delete/`}
          label={t("deletion.card.label")}
        />
      )}
    </GroupPage>
  );
}
