import { CopyButton } from "@/components/ui/copy-button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { applicationPath } from "@/lib/http/paths";
import type { ApplicationSummary } from "@/lib/services/applications/list-applications";
import { DynamicRegistrationBadge } from "./dynamic-registration-badge";
import { labelGrantType } from "./grant-types";
import { StatusBadge } from "./status-badge";

/** One page of the list of applications. */
export function ApplicationsTable({ rows, showOwner }: { rows: readonly ApplicationSummary[]; showOwner: boolean }) {
  const columns: Column<ApplicationSummary>[] = [
    {
      header: "Name",
      rowHeader: true,
      cell: (row) => (
        <span className="grid gap-0.5">
          <TextLink href={applicationPath(row.id)} className="w-fit wrap-anywhere">
            {row.name}
          </TextLink>
          <span className="flex items-center gap-1 font-normal text-muted">
            <code className="max-w-52 truncate font-mono text-xs sm:max-w-36 lg:max-w-none" title={row.clientId}>
              {row.clientId}
            </code>
            <CopyButton value={row.clientId} what={`client ID of ${row.name}`} iconOnly />
          </span>
        </span>
      ),
    },
    { header: "Status", cell: (row) => <StatusBadge disabled={row.disabled} /> },
    {
      header: "Grant types",
      cell: (row) => <span className="text-muted">{row.grantTypes.map(labelGrantType).join(", ")}</span>,
    },
    ...(showOwner ? [{ header: "Owner", cell: (row: ApplicationSummary) => <Owner application={row} /> }] : []),
    { header: "Registered", cell: (row) => <RelativeTime date={row.createdAt} /> },
  ];
  return <DataTable caption="Applications" columns={columns} rows={rows} rowKey={(row) => row.id} />;
}

function Owner({ application: { owner, registrationSource } }: { application: ApplicationSummary }) {
  if (owner === null && registrationSource === "dynamic") return <DynamicRegistrationBadge />;
  return <span className="block max-w-32 truncate lg:max-w-48">{owner ?? "No owner"}</span>;
}
