import { Ban, CircleCheck, LogOut, MailCheck, Users } from "lucide-react";
import type { ReactNode } from "react";
import type { BulkActions } from "@/components/list/bulk-bar";
import { List } from "@/components/list/list";
import type { ListFilter } from "@/components/list/list-filters";
import type { ListQuery } from "@/components/list/list-query";
import type { ListColumn } from "@/components/list/list-table";
import { Avatar } from "@/components/ui/avatar";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/time";
import { userPath, usersPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { Texts } from "@/lib/messages/texts";
import { portalRoles } from "@/lib/services/permissions";
import type { listUsers, UserSummary } from "@/lib/services/users/manage/list-users";
import { UserStatus } from "./user-status";

export interface UsersListProps {
  list: Awaited<ReturnType<typeof listUsers>>;
  query: ListQuery;
  csrf: string;
  /** What the reader may do with several users at once. */
  may: { change: boolean; signOut: boolean };
  /** The button to create a user, if the reader may. */
  create: ReactNode;
}

export async function UsersList({ list, query, csrf, may, create }: UsersListProps) {
  const t = await getTexts("users");
  const actions = bulkActions(t, may);
  return (
    <List
      path={usersPath}
      query={query}
      caption={t("title")}
      search={{ label: t("list.search"), placeholder: t("list.placeholder") }}
      filters={filters(t)}
      columns={columns(t)}
      rows={list.users}
      rowKey={({ id }) => id}
      next={list.next}
      count={list.count}
      defaultSort="name"
      bulk={
        actions.length > 0
          ? { action: `${usersPath}bulk/submit`, csrf, rowName: ({ username }) => username, actions }
          : undefined
      }
      empty={
        <EmptyState
          icon={<Users aria-hidden />}
          title={t("list.empty.title")}
          description={create ? t("list.empty.description") : undefined}
          action={create}
        />
      }
    />
  );
}

function columns(t: Texts<"users">): ListColumn<UserSummary>[] {
  return [
    {
      header: t("list.columns.name"),
      rowHeader: true,
      sort: "name",
      href: ({ id }) => userPath(id),
      cell: ({ name, username }) => (
        <>
          <Avatar name={name ?? username} size="sm" />
          <span className="truncate">
            <bdi>{name ?? username}</bdi>
            {name !== null && <bdi className="ps-2 font-normal text-muted">{username}</bdi>}
          </span>
        </>
      ),
    },
    {
      header: t("list.columns.email"),
      showFrom: "medium",
      cell: ({ email, emailVerified }) => (
        <span className="flex min-w-0 items-center gap-1.5">
          <bdi className="truncate">{email}</bdi>
          {emailVerified && (
            <span title={t("verified")} className="shrink-0 text-success-text">
              <MailCheck className="size-3.5" aria-hidden />
              <span className="sr-only">{t("verified")}</span>
            </span>
          )}
        </span>
      ),
    },
    {
      header: t("list.columns.status"),
      narrow: true,
      cell: (user) => <UserStatus {...user} />,
    },
    {
      header: t("list.columns.lastSignIn"),
      showFrom: "wide",
      narrow: true,
      sort: "last_sign_in",
      cell: ({ lastSignInAt }) =>
        lastSignInAt ? <RelativeTime date={lastSignInAt} /> : <span className="text-muted">{t("never")}</span>,
    },
    {
      header: t("list.columns.created"),
      showFrom: "wide",
      narrow: true,
      sort: "created",
      cell: ({ createdAt }) => <RelativeTime date={createdAt} />,
    },
  ];
}

function filters(t: Texts<"users">): ListFilter[] {
  const roles = [...portalRoles, "none"] as const;
  return [
    {
      name: "status",
      label: t("list.filters.status"),
      options: [
        { value: "", label: t("list.filters.allStatuses") },
        { value: "enabled", label: t("status.enabled") },
        { value: "disabled", label: t("status.disabled") },
      ],
    },
    {
      name: "role",
      label: t("list.filters.role"),
      options: [
        { value: "", label: t("list.filters.allRoles") },
        ...roles.map((value) => ({ value, label: t(`roles.${value}`) })),
      ],
    },
    {
      name: "emailVerified",
      label: t("list.filters.emailVerified"),
      options: [
        { value: "", label: t("list.filters.allEmails") },
        { value: "yes", label: t("list.filters.verified") },
        { value: "no", label: t("list.filters.notVerified") },
      ],
    },
    {
      name: "signIn",
      label: t("list.filters.signIn"),
      options: [
        { value: "", label: t("list.filters.allSignIns") },
        { value: "never", label: t("list.filters.never") },
      ],
    },
  ];
}

function bulkActions(t: Texts<"users">, may: UsersListProps["may"]): BulkActions["actions"] {
  const [enable, disable, signOut] = [
    { value: "enable", label: t("list.actions.enable"), icon: <CircleCheck aria-hidden /> },
    {
      value: "disable",
      label: t("list.actions.disable"),
      icon: <Ban aria-hidden />,
      variant: "danger-quiet" as const,
    },
    { value: "signOut", label: t("list.actions.signOut"), icon: <LogOut aria-hidden /> },
  ];
  return [...(may.signOut ? [signOut] : []), ...(may.change ? [enable, disable] : [])];
}
