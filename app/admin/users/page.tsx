import { UserPlus } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { readListQuery } from "@/components/list/list-query";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { invitationsPath, usersPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { portalRoles } from "@/lib/services/permissions";
import { listUsers } from "@/lib/services/users/manage/list-users";
import { userSorts } from "@/lib/services/users/manage/user-list";
import { BulkOutcome } from "./_components/bulk-outcome";
import { UsersList } from "./_components/users-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("users");
  return { title: t("title") };
}

export default async function UsersPage({ searchParams }: { searchParams: SearchParams }) {
  const query = readListQuery(await searchParams, {
    sorts: userSorts,
    filters: {
      status: ["enabled", "disabled"],
      role: [...portalRoles, "none"],
      emailVerified: ["yes", "no"],
      signIn: ["never"],
    },
  });
  const { list, may, invites } = await loadPage(usersPath, async (context) => ({
    list: await listUsers(context, query.input),
    invites: can(context.actor, "invitations:write"),
    may: { change: can(context.actor, "users:write"), signOut: can(context.actor, "sessions:write") },
  }));
  const deleted = await readNotice("/admin/users", ["deleted"]);
  const t = await getTexts("users");
  const transfer = (
    <>
      {may.change && <ButtonLink href={`${usersPath}import/`}>{t("list.import")}</ButtonLink>}
      <ButtonLink href={`${usersPath}export/`}>{t("list.export")}</ButtonLink>
    </>
  );
  const create = may.change && (
    <ButtonLink href={`${usersPath}create/`} variant="primary" icon={<UserPlus aria-hidden />}>
      {t("create.title")}
    </ButtonLink>
  );
  const empty = create && (
    <div className="flex flex-wrap justify-center gap-2">
      {create}
      {invites && <ButtonLink href={`${invitationsPath}create/`}>{t("list.empty.invite")}</ButtonLink>}
    </div>
  );
  return (
    <PortalShell current={usersPath}>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            {transfer}
            {create}
          </>
        }
      />
      <div className="grid grid-cols-1 gap-4">
        {deleted && <Alert tone="success" title={t("list.deleted")} announce />}
        <BulkOutcome />
        <UsersList list={list} query={query} csrf={await getCsrfToken()} may={may} create={empty} />
      </div>
    </PortalShell>
  );
}
