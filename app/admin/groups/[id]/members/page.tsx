import { UserMinus, UserPlus, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { List } from "@/components/list/list";
import { readListQuery } from "@/components/list/list-query";
import { Alert } from "@/components/ui/alert";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/time";
import { getCsrfToken } from "@/lib/auth/csrf";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { groupPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { getGroup } from "@/lib/services/groups/get-group";
import { type GroupMember, listGroupMembers } from "@/lib/services/groups/list-group-members";
import { GroupPage } from "../_components/group-page";
import { titleOfGroup } from "../_components/title-of-group";

export function generateMetadata(props: { params: Promise<{ id: string }> }): Promise<Metadata> {
  return titleOfGroup(props, "members/", "members.title");
}

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const notices = ["added", "nobodyAdded", "removed"] as const;

export default async function GroupMembersPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `${groupPath(id)}members/`;
  const query = readListQuery(await searchParams, { sorts: ["name", "username", "added"] });
  const { group, changeable, members, next, count } = await loadPage(path, async (context) => ({
    group: await getGroup(context, { id }),
    changeable: can(context.actor, "groups:write"),
    ...(await listGroupMembers(context, { id, ...query.input })),
  }));
  const notice = await readNotice(path.slice(0, -1), notices);
  const t = await getTexts("groups");
  const add = changeable && (
    <ButtonLink href={`${path}add/`} variant="primary" icon={<UserPlus aria-hidden />}>
      {t("members.add.title")}
    </ButtonLink>
  );
  return (
    <GroupPage group={group} current="members" seesMembers actions={add}>
      {notice && (
        <Alert tone={notice === "nobodyAdded" ? "info" : "success"} announce>
          {t(`members.notices.${notice}`)}
        </Alert>
      )}
      <List
        path={path}
        query={query}
        caption={t("members.title")}
        search={{ label: t("members.search") }}
        rows={members}
        rowKey={(member) => member.id}
        next={next}
        count={count}
        defaultSort="name"
        {...(changeable && {
          bulk: {
            action: `${path}submit`,
            csrf: await getCsrfToken(),
            actions: [{ value: "remove", label: t("members.remove"), icon: <UserMinus aria-hidden /> }],
            rowName: ({ username }: GroupMember) => username,
          },
        })}
        columns={[
          {
            header: t("name"),
            rowHeader: true,
            sort: "name",
            cell: ({ name, username }) => (
              <span className="flex min-w-0 items-center gap-2.5">
                <Avatar name={name ?? username} size="sm" />
                <bdi className="truncate">{name ?? username}</bdi>
              </span>
            ),
          },
          {
            header: t("members.username"),
            sort: "username",
            showFrom: "medium",
            cell: ({ username }) => <bdi className="text-muted">{username}</bdi>,
          },
          {
            header: t("members.email"),
            showFrom: "wide",
            cell: ({ email }) => <bdi className="text-muted">{email}</bdi>,
          },
          {
            header: t("members.status"),
            hideHeader: true,
            narrow: true,
            showFrom: "wide",
            cell: ({ disabled }) => disabled && <Badge>{t("members.disabled")}</Badge>,
          },
          {
            header: t("members.added"),
            sort: "added",
            narrow: true,
            align: "end",
            cell: ({ addedAt }) => <RelativeTime date={addedAt} />,
          },
        ]}
        empty={
          <EmptyState
            icon={<UsersRound aria-hidden />}
            title={t("members.empty.title")}
            description={changeable && t("members.empty.description")}
          />
        }
      />
    </GroupPage>
  );
}
