import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { SectionForm } from "@/components/editing/section-form";
import { Alert } from "@/components/ui/alert";
import { RadioCards } from "@/components/ui/choice-cards";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readFormFlash } from "@/lib/http/forms/form-flash";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath, groupsPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { getApplicationAccess } from "@/lib/services/applications/application-access";
import { getApplication } from "@/lib/services/applications/get-application";
import { can, requirePermission } from "@/lib/services/context";
import { listGroups } from "@/lib/services/groups/list-groups";
import { nameGroups } from "@/lib/services/groups/name-groups";
import { GroupChoices } from "./_components/group-choices";
import { GroupSearch } from "./_components/group-search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("groups");
  return { title: t("access.title") };
}

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export default async function ApplicationAccessPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `${applicationPath(id)}access/`;
  const page = path.slice(0, -1);
  const sent = await searchParams;
  const q = readOne(sent, "q")?.trim() ?? "";
  const flash = sent.rejected === undefined ? null : await readFormFlash(page);
  const typed = flash?.values.groups?.split(" ");
  const { application, access, found, createsGroups, ticked } = await loadPage(path, async (context) => {
    requirePermission(context, "applications:write");
    return {
      application: await getApplication(context, { id }, "applications:write"),
      access: await getApplicationAccess(context, { id }),
      found: await listGroups(context, { q }),
      createsGroups: can(context.actor, "groups:write"),
      ticked: typed ? await nameGroups(context, { ids: typed }) : null,
    };
  });
  const notice = await readNotice(page, ["saved"]);
  const chosen = access.groups ?? [];
  const t = await getTexts("groups");
  const hasMore = q !== "" || found.next !== null;
  return (
    <PortalShell current="/o/applications/" width="narrow">
      <PageHeader
        breadcrumbs={[
          { label: (await getTexts("applications"))("title"), href: "/o/applications/" },
          { label: application.name, href: applicationPath(id) },
        ]}
        title={t("access.title")}
        description={t("access.description")}
      />
      <div className="grid grid-cols-1 gap-4">
        {access.restricted && chosen.length === 0 && (
          <Alert tone="warning" title={t("access.closed.title")}>
            {t("access.closed.text")}
          </Alert>
        )}
        {hasMore && <GroupSearch path={path} q={q} />}
        <SectionForm
          title={t("access.who")}
          action={`${path}submit`}
          csrf={await getCsrfToken()}
          saved={notice === "saved"}
          rejected={flash !== null}
        >
          <div className="group/access grid grid-cols-1 gap-5">
            <RadioCards
              name="access"
              label={t("access.label")}
              defaultValue={flash?.values.access ?? (access.restricted ? "groups" : "everyone")}
              columns={2}
              choices={[
                { value: "everyone", label: t("access.everyone.label"), description: t("access.everyone.description") },
                { value: "groups", label: t("access.groups.label"), description: t("access.groups.description") },
              ]}
            />
            <div className="group-has-[[value=everyone]:checked]/access:hidden">
              <GroupChoices
                chosen={ticked ?? chosen}
                found={found.groups}
                isSearch={q !== ""}
                error={flash?.fieldErrors.groupIds?.join(" ")}
              />
              {found.groups.length === 0 && chosen.length === 0 && q === "" && (
                <p className="text-muted">
                  {createsGroups
                    ? t.rich("access.noGroups", { a: (chunks) => <TextLink href={groupsPath}>{chunks}</TextLink> })
                    : t("access.noGroupsYet")}
                </p>
              )}
            </div>
          </div>
        </SectionForm>
      </div>
    </PortalShell>
  );
}
