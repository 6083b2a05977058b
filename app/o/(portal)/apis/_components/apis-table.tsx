import { CopyButton } from "@/components/ui/copy-button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { apiPath } from "@/lib/http/paths";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import type { ApiSummary } from "@/lib/services/apis/list-apis";
import { nameList } from "../../_components/name-list";

/** With more names than this, their number says more. */
const shownScopes = 3;

/** One page of the list of APIs. */
export async function ApisTable({ rows }: { rows: readonly ApiSummary[] }) {
  const [t, form] = [await getTexts("apis"), await getTexts("apiForm")];
  const list = nameList(await getLocale());

  const nameScopes = (names: readonly string[]) => {
    const count = names.length - shownScopes;
    return count > 0
      ? t("cells.someScopes", { names: list.format(names.slice(0, shownScopes)), count })
      : list.format(names) || t("cells.noScopes");
  };

  const columns: Column<ApiSummary>[] = [
    {
      header: t("columns.name"),
      rowHeader: true,
      cell: (row) => (
        <span className="grid gap-0.5">
          <TextLink href={apiPath(row.id)} className="w-fit wrap-anywhere">
            {row.name}
          </TextLink>
          <span className="flex items-center gap-1 font-normal text-muted">
            <code className="max-w-60 truncate font-mono text-xs sm:max-w-48 lg:max-w-96" title={row.identifier}>
              {row.identifier}
            </code>
            <CopyButton value={row.identifier} what={t("cells.copyIdentifier", { name: row.name })} iconOnly />
          </span>
        </span>
      ),
    },
    {
      header: t("columns.scopes"),
      cell: ({ scopes }) => <span className="font-mono text-xs wrap-anywhere text-muted">{nameScopes(scopes)}</span>,
    },
    { header: t("columns.tokens"), cell: ({ tokenFormat }) => form(`tokenFormats.${tokenFormat}.label`) },
    { header: t("columns.resourceServers"), cell: ({ resourceServerCount }) => resourceServerCount },
    { header: t("columns.created"), cell: (row) => <RelativeTime date={row.createdAt} /> },
  ];
  return <DataTable caption={t("title")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}
