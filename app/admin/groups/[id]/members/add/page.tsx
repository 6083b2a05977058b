import type { Metadata } from "next";
import { KeptForm } from "@/app/_components/form/kept-form";
import { PortalShell } from "@/app/_components/portal-shell";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { formPlaces } from "@/lib/http/forms/form-places";
import { loadPage } from "@/lib/http/load-page";
import { groupPath, groupsPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import { getGroup } from "@/lib/services/groups/get-group";
import { mostMembers } from "@/lib/services/groups/group-schema";
import { AddMembersForm } from "../_components/add-members-form";
import { submitMembers } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("groups");
  return { title: t("members.add.title") };
}

export default async function AddMembersPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const path = `${groupPath(id)}members/`;
  const group = await loadPage(`${path}add/`, (context) => getGroup(context, { id }, "groups:write"));
  const t = await getTexts("groups");
  return (
    <PortalShell current={groupsPath} width="narrow">
      <PageHeader
        breadcrumbs={[
          { label: t("title"), href: groupsPath },
          { label: group.name, href: path },
        ]}
        title={t("members.add.title")}
        description={t("members.add.description")}
      />
      <Card>
        <KeptForm place={formPlaces.members(id)}>
          <AddMembersForm
            action={submitMembers.bind(null, id)}
            csrf={await getCsrfToken()}
            cancelHref={path}
            labels={{
              users: t("members.add.users"),
              hint: t("members.add.hint", { most: mostMembers }),
              submit: t("members.add.submit"),
              pending: t("members.add.pending"),
              cancel: t("cancel"),
            }}
          />
        </KeptForm>
      </Card>
    </PortalShell>
  );
}
