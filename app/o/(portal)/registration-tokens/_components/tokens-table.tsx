import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/time";
import { registrationTokensPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { InitialAccessTokenSummary } from "@/lib/services/registrations/initial-access-tokens";

const tones: Record<InitialAccessTokenSummary["status"], BadgeTone> = {
  active: "success",
  used_up: "neutral",
  expired: "warning",
  revoked: "neutral",
};

export interface TokensTableProps {
  tokens: readonly InitialAccessTokenSummary[];
  /** Whether the reader may revoke them. */
  changeable: boolean;
}

/** One page of the list of tokens: what is known of them, and a way to revoke each. */
export async function TokensTable({ tokens, changeable }: TokensTableProps) {
  const t = await getTexts("initialAccessTokens");
  const columns: Column<InitialAccessTokenSummary>[] = [
    {
      header: t("columns.label"),
      rowHeader: true,
      cell: ({ label }) => <span className="wrap-anywhere">{label}</span>,
    },
    {
      header: t("columns.status"),
      cell: ({ status }) => <Badge tone={tones[status]}>{t(`statuses.${status}`)}</Badge>,
    },
    { header: t("columns.uses"), cell: ({ uses, maximumUses }) => t("cells.uses", { uses, maximum: maximumUses }) },
    { header: t("columns.expires"), cell: ({ expiresAt }) => <RelativeTime date={expiresAt} /> },
    {
      header: t("columns.lastUsed"),
      cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime date={lastUsedAt} /> : t("cells.neverUsed")),
    },
    {
      header: t("columns.createdBy"),
      cell: ({ createdBy }) => <span className="block max-w-32 truncate">{createdBy ?? t("cells.unknown")}</span>,
    },
    {
      header: t("columns.actions"),
      hideHeader: true,
      align: "end",
      cell: ({ id, label, status }) =>
        changeable &&
        status === "active" && (
          <ButtonLink
            href={`${registrationTokensPath}${id}/revoke/`}
            variant="danger-quiet"
            size="sm"
            aria-label={t("cells.revokeNamed", { label })}
          >
            {t("cells.revoke")}
          </ButtonLink>
        ),
    },
  ];
  return <DataTable caption={t("title")} columns={columns} rows={tokens} rowKey={({ id }) => id} />;
}
