import { Plus, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { PortalShell } from "@/app/_components/portal-shell";
import { List } from "@/components/list/list";
import { readListQuery } from "@/components/list/list-query";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/time";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { groupPath, groupsPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { listGroups } from "@/lib/services/groups/list-groups";
import { describeCount } from "./_components/describe-count";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts("groups");
  return { title: t("title") };
}

export default async function GroupsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = readListQuery(await searchParams, { sorts: ["name", "created"] });
  const { changeable, seesMembers, groups, next, count } = await loadPage(groupsPath, async (context) => ({
    changeable: can(context.actor, "groups:write"),
    seesMembers: can(context.actor, "users:read"),
    ...(await listGroups(context, query.input)),
  }));
  const t = await getTexts("groups");
  const deleted = await readNotice("/admin/groups", ["deleted"]);
  const create = changeable && (
    <ButtonLink href={`${groupsPath}create/`} variant="primary" icon={<Plus aria-hidden />}>
      {t("create.title")}
    </ButtonLink>
  );
  return (
    <PortalShell current={groupsPath}>
      <PageHeader title={t("title")} description={t("description")} actions={create} />
      <div className="grid grid-cols-1 gap-4">
        {deleted && (
          <Alert tone="success" announce>
            {t("deletion.done")}
          </Alert>
        )}
        <List
          path={groupsPath}
          query={query}
          caption={t("title")}
          search={{ label: t("search") }}
          rows={groups}
          rowKey={({ id }) => id}
          next={next}
          count={count}
          defaultSort="name"
          columns={[
            {
              header: t("name"),
              rowHeader: true,
              sort: "name",
              href: ({ id }) => (seesMembers ? `${groupPath(id)}members/` : groupPath(id)),
              cell: ({ name }) => <bdi className="truncate">{name}</bdi>,
            },
            {
              header: t("descriptionColumn"),
              showFrom: "medium",
              cell: ({ description }) => <bdi className="text-muted">{description}</bdi>,
            },
            {
              header: t("members.title"),
              narrow: true,
              align: "end",
              cell: ({ members }) => <span className="tabular-nums">{describeCount(t, members)}</span>,
            },
            {
              header: t("applications.title"),
              narrow: true,
              align: "end",
              showFrom: "wide",
              cell: ({ applications }) => <span className="tabular-nums">{t("number", { value: applications })}</span>,
            },
            {
              header: t("created"),
              narrow: true,
              align: "end",
              showFrom: "wide",
              sort: "created",
              cell: ({ createdAt }) => <RelativeTime date={createdAt} />,
            },
          ]}
          empty={
            <EmptyState
              icon={<UsersRound aria-hidden />}
              title={t("empty.title")}
              description={changeable && t("empty.description")}
              action={create}
            />
          }
        />
      </div>
    </PortalShell>
  );
}
