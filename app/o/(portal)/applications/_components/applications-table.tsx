import { CopyButton } from "@/components/ui/copy-button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { applicationPath } from "@/lib/http/paths";
import { formatList } from "@/lib/messages/format-list";
import { getContentLocale, getTexts } from "@/lib/messages/request-locale";
import type { ApplicationRow } from "@/lib/services/applications/list-applications";
import { DynamicRegistrationBadge } from "./dynamic-registration-badge";
import { labelGrantType } from "./grant-types";
import { StatusBadge } from "./status-badge";

export interface ApplicationsTableProps {
  rows: readonly ApplicationRow[];
  showOwner: boolean;
}

/** One page of the list of applications. */
export async function ApplicationsTable({ rows, showOwner }: ApplicationsTableProps) {
  const [locale, t] = [await getContentLocale(), await getTexts("applications")];
  const settingTexts = await getTexts("applicationSettings");
  const columns: Column<ApplicationRow>[] = [
    {
      header: t("list.columns.name"),
      rowHeader: true,
      cell: (row) => (
        <span className="grid gap-0.5">
          <TextLink href={applicationPath(row.id)} className="w-fit wrap-anywhere">
            <bdi>{row.name}</bdi>
          </TextLink>
          <span className="flex items-center gap-1 font-normal text-muted">
            <code className="max-w-52 truncate font-mono text-xs sm:max-w-36 lg:max-w-none" title={row.clientId}>
              {row.clientId}
            </code>
            <CopyButton value={row.clientId} what={t("list.copyClientId", { name: row.name })} iconOnly />
          </span>
        </span>
      ),
    },
    { header: t("list.columns.status"), cell: (row) => <StatusBadge disabled={row.disabled} /> },
    {
      header: t("list.columns.grantTypes"),
      cell: ({ grantTypes }) => {
        const labels = grantTypes.map((grantType) => labelGrantType(grantType, settingTexts));
        return <span className="text-muted">{formatList(labels, locale, "unit")}</span>;
      },
    },
    ...(showOwner
      ? [{ header: t("list.columns.owner"), cell: (row: ApplicationRow) => <Owner application={row} /> }]
      : []),
    { header: t("list.columns.registered"), cell: (row) => <RelativeTime date={row.createdAt} /> },
  ];
  return <DataTable caption={t("title")} columns={columns} rows={rows} rowKey={(row) => row.id} />;
}

async function Owner({ application: { owner, registrationSource } }: { application: ApplicationRow }) {
  if (owner === null && registrationSource === "dynamic") return <DynamicRegistrationBadge />;
  const t = await getTexts("applications");
  return (
    <span className="block max-w-32 truncate lg:max-w-48">{owner === null ? t("noOwner") : <bdi>{owner}</bdi>}</span>
  );
}
