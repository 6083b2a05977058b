import { KeyRound } from "lucide-react";
import type { ReactNode } from "react";
import { List } from "@/components/list/list";
import type { ListFilter } from "@/components/list/list-filters";
import type { ListQuery } from "@/components/list/list-query";
import type { ListColumn } from "@/components/list/list-table";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { apisPath, scopePath, scopesPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { Texts } from "@/lib/messages/texts";
import {
  type listScopeUsage,
  type ScopeUsage,
  scopeAccesses,
  scopeKinds,
} from "@/lib/services/scopes/list-scope-usage";

export interface ScopesListProps {
  list: Awaited<ReturnType<typeof listScopeUsage>>;
  query: ListQuery;
  /** The APIs to choose from: those whose scopes the list can be limited to. */
  apis: readonly { id: string; name: string }[];
  /** Whether the reader may change scopes: their names lead to the form. */
  changeable: boolean;
  /** The button to create a scope, if the reader may. */
  create: ReactNode;
}

/** The scopes, with where each is used. */
export async function ScopesList({ list, query, apis, changeable, create }: ScopesListProps) {
  const t = await getTexts("scopes");
  return (
    <List
      path={scopesPath}
      query={query}
      caption={t("title")}
      search={{ label: t("search"), placeholder: t("searchPlaceholder") }}
      filters={filters(t, apis)}
      columns={columns(t, changeable)}
      rows={list.scopes}
      rowKey={({ name }) => name}
      next={list.next}
      count={list.count}
      defaultSort="name"
      empty={
        <EmptyState
          icon={<KeyRound aria-hidden />}
          title={t("empty.title")}
          description={create && t("empty.description")}
          action={create}
        />
      }
    />
  );
}

function columns(t: Texts<"scopes">, changeable: boolean): ListColumn<ScopeUsage>[] {
  const name: ListColumn<ScopeUsage> = {
    header: t("columns.scope"),
    rowHeader: true,
    sort: "name",
    cell: (scope) => (
      <span className="truncate">
        <bdi className="font-mono text-note">{scope.name}</bdi>
        <bdi className="ps-2 font-normal text-muted">{scope.description}</bdi>
      </span>
    ),
  };
  return [
    changeable ? { ...name, href: (scope) => scopePath("update", scope.name) } : name,
    { header: t("columns.access"), narrow: true, cell: (scope) => <ScopeBadges {...scope} /> },
    {
      header: t("columns.apis"),
      showFrom: "wide",
      cell: ({ name: scope, apis, apiNames }) => {
        const [shown, count] = [apiNames.join(", "), apis.value - apiNames.length];
        if (!shown) return <span className="text-muted">{t("cells.noApis")}</span>;
        if (count <= 0) return shown;
        return (
          <Link
            href={`${apisPath}?${new URLSearchParams({ scope })}`}
            className="underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {t(apis.exact ? "cells.someApis" : "cells.manyApis", { names: shown, count })}
          </Link>
        );
      },
    },
    {
      header: t("columns.applications"),
      showFrom: "medium",
      narrow: true,
      cell: (scope) => <Applications {...scope} />,
    },
  ];
}

async function ScopeBadges({ isDefault, isRestricted }: Pick<ScopeUsage, "isDefault" | "isRestricted">) {
  const t = await getTexts("scopes");
  return (
    <span className="flex gap-1.5">
      {isDefault && <Badge tone="accent">{t("access.default")}</Badge>}
      {isRestricted && <Badge tone="warning">{t("access.restricted")}</Badge>}
      {!isDefault && !isRestricted && <span className="text-muted">{t("access.request")}</span>}
    </span>
  );
}

/** Who may request it: unless it is restricted, any application without its own list or that registered itself. */
async function Applications({ applications: { value, exact }, isRestricted }: ScopeUsage) {
  const [t, shared] = [await getTexts("scopes"), await getTexts("console")];
  if (!exact) return t(isRestricted ? "cells.manyApplications" : "cells.anyNamedByMany", { count: value });
  if (isRestricted) return shared("applications.count", { count: value });
  return value === 0 ? t("cells.any") : t("cells.anyNamedBy", { count: value });
}

function filters(t: Texts<"scopes">, apis: ScopesListProps["apis"]): ListFilter[] {
  return [
    {
      name: "access",
      label: t("columns.access"),
      options: [
        { value: "", label: t("filters.everyAccess") },
        ...scopeAccesses.map((value) => ({ value, label: t(`access.${value}`) })),
      ],
    },
    {
      name: "kind",
      label: t("filters.kind"),
      options: [
        { value: "", label: t("filters.allKinds") },
        ...scopeKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
      ],
    },
    ...(apis.length > 0
      ? [
          {
            name: "api",
            label: t("filters.api"),
            options: [
              { value: "", label: t("filters.allApis") },
              ...apis.map(({ id, name }) => ({ value: id, label: name })),
            ],
          },
        ]
      : []),
  ];
}
