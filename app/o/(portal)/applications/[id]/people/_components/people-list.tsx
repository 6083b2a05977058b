import { UsersRound } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { List } from "@/components/list/list";
import { readListQuery } from "@/components/list/list-query";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/time";
import { getCsrfToken } from "@/lib/auth/csrf";
import { loadPage } from "@/lib/http/load-page";
import { applicationPath, userPath } from "@/lib/http/paths";
import type { SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { type ApplicationPerson, listApplicationPeople } from "@/lib/services/applications/people/list-people";
import { can, type ServiceContext } from "@/lib/services/context";

export interface PeopleListProps {
  applicationId: string;
  context: ServiceContext;
  params: Awaited<SearchParams>;
}

/** Who uses the application, for those who may see users. */
export async function PeopleList({ applicationId, context, params }: PeopleListProps) {
  const path = applicationPath(applicationId, "people/");
  const query = readListQuery(params, { sorts: ["name", "username", "since"] });
  const { people, next, count } = await loadPage(path, () =>
    listApplicationPeople(context, { id: applicationId, ...query.input }),
  );
  const t = await getTexts("applicationPeople");
  const csrf = await getCsrfToken();
  const revokes = can(context.actor, "users:write");
  return (
    <List
      path={path}
      query={query}
      caption={t("title")}
      search={{ label: t("search") }}
      rows={people}
      rowKey={({ id }) => id}
      next={next}
      count={count}
      defaultSort="name"
      columns={[
        {
          header: t("name"),
          rowHeader: true,
          sort: "name",
          href: ({ id }) => userPath(id),
          cell: ({ name, username, disabled }) => (
            <span className="flex min-w-0 items-center gap-2.5">
              <Avatar name={name ?? username} size="sm" />
              <bdi className="truncate">{name ?? username}</bdi>
              {disabled && <Badge>{t("disabled")}</Badge>}
            </span>
          ),
        },
        {
          header: t("username"),
          sort: "username",
          showFrom: "wide",
          cell: ({ username }) => <bdi className="text-muted">{username}</bdi>,
        },
        { header: t("scopes"), showFrom: "wide", cell: ({ scopes }) => <Scopes scopes={scopes} /> },
        {
          header: t("since"),
          sort: "since",
          narrow: true,
          showFrom: "medium",
          cell: ({ since }) => <RelativeTime date={since} />,
        },
        {
          header: t("lastToken"),
          narrow: true,
          showFrom: "wide",
          cell: ({ lastTokenAt }) =>
            lastTokenAt ? <RelativeTime date={lastTokenAt} /> : <span className="text-muted">{t("noToken")}</span>,
        },
        ...(revokes
          ? [
              {
                header: t("actions"),
                hideHeader: true,
                narrow: true,
                align: "end" as const,
                cell: ({ id, name, username, revocable }: ApplicationPerson) =>
                  revocable && (
                    <NativeForm action={`${path}submit`} csrf={csrf} fields={{ user_id: id }} className="grid">
                      <Button
                        type="submit"
                        variant="danger-quiet"
                        size="sm"
                        aria-label={t("revokeOf", { name: name ?? username })}
                      >
                        {t("revoke")}
                      </Button>
                    </NativeForm>
                  ),
              },
            ]
          : []),
      ]}
      empty={
        <EmptyState icon={<UsersRound aria-hidden />} title={t("empty.title")} description={t("empty.description")} />
      }
    />
  );
}

/** So many names fit in a line. */
const mostNamed = 2;

async function Scopes({ scopes }: { scopes: readonly string[] }) {
  const t = await getTexts("applicationPeople");
  if (scopes.length === 0) return <span className="text-muted">{t("noScopes")}</span>;
  const named = scopes.slice(0, mostNamed).join(", ");
  const count = scopes.length - mostNamed;
  return (
    <span className="truncate text-muted" title={scopes.join(" ")}>
      {count > 0 ? t("moreScopes", { names: named, count }) : named}
    </span>
  );
}
