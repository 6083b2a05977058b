import { Network } from "lucide-react";
import type { ReactNode } from "react";
import { List } from "@/components/list/list";
import type { ListFilter } from "@/components/list/list-filters";
import type { ListQuery } from "@/components/list/list-query";
import type { ListColumn } from "@/components/list/list-table";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/time";
import { apiPath, apisPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { ApiSummary, listApis } from "@/lib/services/apis/list-apis";
import { tokenFormats } from "./token-formats";

/** With more names than this, their number says more. */
const shownScopes = 3;

export interface ApisListProps {
  list: Awaited<ReturnType<typeof listApis>>;
  query: ListQuery;
  /** The button to create an API, if the reader may. */
  create: ReactNode;
}

export async function ApisList({ list, query, create }: ApisListProps) {
  const t = await getTexts("apis");
  return (
    <List
      path={apisPath}
      query={query}
      caption={t("title")}
      search={{ label: t("search"), placeholder: t("searchPlaceholder") }}
      filters={await filters(query)}
      columns={await columns()}
      rows={list.apis}
      rowKey={({ id }) => id}
      next={list.next}
      count={list.count}
      defaultSort="-created"
      empty={
        <EmptyState
          icon={<Network aria-hidden />}
          title={t("empty.title")}
          description={create && t("empty.description")}
          action={create}
        />
      }
    />
  );
}

async function columns(): Promise<ListColumn<ApiSummary>[]> {
  const [t, form] = [await getTexts("apis"), await getTexts("apiForm")];
  return [
    {
      header: t("columns.name"),
      rowHeader: true,
      sort: "name",
      href: ({ id }) => apiPath(id),
      cell: ({ name, identifier }) => (
        <span className="truncate">
          <bdi>{name}</bdi>
          <bdi className="ps-2 font-mono text-xs font-normal text-muted">{identifier}</bdi>
        </span>
      ),
    },
    {
      header: t("columns.scopes"),
      showFrom: "wide",
      cell: ({ scopes }) => {
        const [shown, count] = [scopes.slice(0, shownScopes).join(", "), scopes.length - shownScopes];
        return (
          <span className="font-mono text-xs text-muted">
            {count > 0 ? t("cells.someScopes", { names: shown, count }) : shown || t("cells.noScopes")}
          </span>
        );
      },
    },
    {
      header: t("columns.tokens"),
      narrow: true,
      cell: ({ tokenFormat }) => form(`tokenFormats.${tokenFormat}.label`),
    },
    {
      header: t("columns.resourceServers"),
      showFrom: "wide",
      narrow: true,
      align: "end",
      cell: ({ resourceServerCount }) => <span className="tabular-nums">{resourceServerCount}</span>,
    },
    {
      header: t("columns.created"),
      showFrom: "medium",
      narrow: true,
      align: "end",
      sort: "created",
      cell: ({ createdAt }) => <RelativeTime date={createdAt} />,
    },
  ];
}

async function filters(query: ListQuery): Promise<ListFilter[]> {
  const [t, form] = [await getTexts("apis"), await getTexts("apiForm")];
  const { scope } = query.filters;
  return [
    {
      name: "tokenFormat",
      label: t("filters.tokenFormat"),
      options: [
        { value: "", label: t("filters.allTokenFormats") },
        ...tokenFormats.map((value) => ({ value, label: form(`tokenFormats.${value}.label`) })),
      ],
    },
    // A link has chosen it: there may be too many to choose from.
    ...(scope
      ? [
          {
            name: "scope",
            label: t("filters.scope"),
            options: [
              { value: "", label: t("filters.allScopes") },
              { value: scope, label: t("filters.withScope", { name: scope }) },
            ],
          },
        ]
      : []),
  ];
}
