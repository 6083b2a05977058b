import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/time";
import { registrationTokensPath } from "@/lib/http/paths";
import type { InitialAccessTokenSummary } from "@/lib/services/registrations/initial-access-tokens";

const looks: Record<InitialAccessTokenSummary["status"], { tone: BadgeTone; label: string }> = {
  active: { tone: "success", label: "Active" },
  used_up: { tone: "neutral", label: "Used up" },
  expired: { tone: "warning", label: "Expired" },
  revoked: { tone: "neutral", label: "Revoked" },
};

const columns: Column<InitialAccessTokenSummary>[] = [
  { header: "Label", rowHeader: true, cell: ({ label }) => <span className="wrap-anywhere">{label}</span> },
  { header: "Status", cell: ({ status }) => <Badge tone={looks[status].tone}>{looks[status].label}</Badge> },
  { header: "Uses", cell: ({ uses, maximumUses }) => `${uses} of ${maximumUses}` },
  { header: "Expires", cell: ({ expiresAt }) => <RelativeTime date={expiresAt} /> },
  { header: "Last used", cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime date={lastUsedAt} /> : "Never") },
  {
    header: "Made by",
    cell: ({ createdBy }) => <span className="block max-w-32 truncate">{createdBy ?? "Unknown"}</span>,
  },
  {
    header: "Actions",
    hideHeader: true,
    align: "end",
    cell: ({ id, label, status }) =>
      status === "active" && (
        <ButtonLink
          href={`${registrationTokensPath}${id}/revoke/`}
          variant="danger-quiet"
          size="sm"
          aria-label={`Revoke ${label}`}
        >
          Revoke
        </ButtonLink>
      ),
  },
];

/** One page of the list of tokens: what is known of them, and a way to revoke each. */
export function TokensTable({ tokens }: { tokens: readonly InitialAccessTokenSummary[] }) {
  return <DataTable caption="Initial access tokens" columns={columns} rows={tokens} rowKey={({ id }) => id} />;
}
