import { Ban, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import type { BulkActions } from "@/components/list/bulk-bar";
import { List } from "@/components/list/list";
import type { ListQuery } from "@/components/list/list-query";
import type { ListColumn } from "@/components/list/list-table";
import { TextsProvider } from "@/components/texts/texts-provider";
import { Avatar } from "@/components/ui/avatar";
import { RelativeTime } from "@/components/ui/time";
import { applicationPath, applicationsPath } from "@/lib/http/paths";
import { browserTexts } from "@/lib/messages/browser-texts";
import { getContentLocale, getTexts } from "@/lib/messages/request-locale";
import type { Texts } from "@/lib/messages/texts";
import type { ApplicationRow, listApplications } from "@/lib/services/applications/list-applications";
import { DynamicRegistrationBadge } from "../dynamic-registration-badge";
import { StatusBadge } from "../status-badge";
import { type Reader, toFilters } from "./list-filters";

export interface ApplicationsListProps {
  list: Awaited<ReturnType<typeof listApplications>>;
  query: ListQuery;
  reader: Reader;
  /** Present if the reader may change the applications of the list. */
  csrf: string | undefined;
  empty: ReactNode;
}

export async function ApplicationsList({ list, query, reader, csrf, empty }: ApplicationsListProps) {
  const [t, settingTexts] = [await getTexts("applicationList"), await getTexts("applicationSettings")];
  const shown = (
    <List
      path={applicationsPath}
      query={query}
      caption={(await getTexts("applications"))("title")}
      search={{ label: t("search"), placeholder: t(reader.seesAll ? "placeholder" : "placeholderOfOwn") }}
      filters={await toFilters(reader, query, list.applications[0]?.owner ?? null)}
      columns={columns(t, settingTexts, reader)}
      rows={list.applications}
      rowKey={({ id }) => id}
      next={list.next}
      count={list.count}
      defaultSort="-created"
      bulk={
        csrf === undefined
          ? undefined
          : {
              action: `${applicationsPath}bulk/submit`,
              csrf,
              rowName: ({ name }) => name,
              actions: bulkActions(t),
            }
      }
      empty={empty}
    />
  );
  // For owners, whose pages have no texts of the administration.
  const texts = browserTexts(await getContentLocale(), ["controls"]);
  return <TextsProvider texts={texts}>{shown}</TextsProvider>;
}

function columns(
  t: Texts<"applicationList">,
  settingTexts: Texts<"applicationSettings">,
  { seesAll }: Reader,
): ListColumn<ApplicationRow>[] {
  const owner: ListColumn<ApplicationRow> = {
    header: t("columns.owner"),
    showFrom: "wide",
    narrow: "name",
    cell: (row) => <Owner application={row} />,
  };
  return [
    {
      header: t("columns.name"),
      rowHeader: true,
      sort: "name",
      href: ({ id }) => applicationPath(id),
      cell: ({ name, clientId }) => (
        <>
          <Avatar name={name} size="sm" kind="application" />
          <span className="truncate">
            <bdi>{name}</bdi>
            <bdi className="hidden ps-2 font-mono text-xs font-normal text-muted @5xl:inline">{clientId}</bdi>
          </span>
        </>
      ),
    },
    {
      header: t("columns.kind"),
      showFrom: "medium",
      narrow: true,
      cell: ({ kind }) => (
        <span className="text-muted">{kind ? settingTexts(`kinds.${kind}.label`) : t("noKind")}</span>
      ),
    },
    ...(seesAll ? [owner] : []),
    {
      header: t("columns.people"),
      showFrom: "wide",
      narrow: "number",
      align: "end",
      cell: ({ people: { value, exact } }) => (
        <span className="tabular-nums">{t(exact ? "people.exact" : "people.atLeast", { value })}</span>
      ),
    },
    {
      header: t("columns.lastToken"),
      showFrom: "wide",
      narrow: true,
      cell: ({ lastTokenAt }) =>
        lastTokenAt ? <RelativeTime date={lastTokenAt} /> : <span className="text-muted">{t("never")}</span>,
    },
    {
      header: t("columns.created"),
      showFrom: "widest",
      narrow: true,
      sort: "created",
      cell: ({ createdAt }) => <RelativeTime date={createdAt} />,
    },
    {
      header: t("columns.status"),
      narrow: true,
      cell: ({ disabled }) => <StatusBadge disabled={disabled} />,
    },
  ];
}

async function Owner({ application: { owner, registrationSource } }: { application: ApplicationRow }) {
  if (owner !== null) return <bdi>{owner}</bdi>;
  if (registrationSource === "dynamic") return <DynamicRegistrationBadge />;
  const t = await getTexts("applications");
  return <span className="text-muted">{t("noOwner")}</span>;
}

function bulkActions(t: Texts<"applicationList">): BulkActions["actions"] {
  return [
    { value: "enable", label: t("actions.enable"), icon: <CircleCheck aria-hidden /> },
    { value: "disable", label: t("actions.disable"), icon: <Ban aria-hidden />, variant: "danger-quiet" },
  ];
}
