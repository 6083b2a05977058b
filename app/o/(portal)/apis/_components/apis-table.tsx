import { CopyButton } from "@/components/ui/copy-button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { apiPath } from "@/lib/http/paths";
import type { ApiSummary } from "@/lib/services/apis/list-apis";
import { tokenFormatTexts } from "./token-formats";

/** With more names than this, their number says more. */
const shownScopes = 3;

const columns: Column<ApiSummary>[] = [
  {
    header: "Name",
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
          <CopyButton value={row.identifier} what={`identifier of ${row.name}`} iconOnly />
        </span>
      </span>
    ),
  },
  {
    header: "Scopes",
    cell: ({ scopes }) => <span className="font-mono text-xs wrap-anywhere text-muted">{nameScopes(scopes)}</span>,
  },
  { header: "Tokens", cell: ({ tokenFormat }) => tokenFormatTexts[tokenFormat].label },
  { header: "Resource servers", cell: ({ resourceServerCount }) => resourceServerCount },
  { header: "Created", cell: (row) => <RelativeTime date={row.createdAt} /> },
];

/** One page of the list of APIs. */
export function ApisTable({ rows }: { rows: readonly ApiSummary[] }) {
  return <DataTable caption="APIs" columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function nameScopes(names: readonly string[]): string {
  const rest = names.length - shownScopes;
  return rest > 0 ? `${names.slice(0, shownScopes).join(", ")} + ${rest}` : names.join(", ") || "None";
}
