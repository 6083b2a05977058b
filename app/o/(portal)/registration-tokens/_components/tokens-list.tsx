import { Ban, KeyRound } from "lucide-react";
import { List } from "@/components/list/list";
import type { ListQuery } from "@/components/list/list-query";
import type { ListColumn } from "@/components/list/list-table";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/time";
import { registrationTokensPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { Texts } from "@/lib/messages/texts";
import {
  type InitialAccessTokenSummary,
  initialAccessTokenStatuses,
  type listInitialAccessTokens,
} from "@/lib/services/registrations/list-initial-access-tokens";

const tones: Record<InitialAccessTokenSummary["status"], BadgeTone> = {
  active: "success",
  used_up: "neutral",
  expired: "warning",
  revoked: "neutral",
};

export interface TokensListProps {
  list: Awaited<ReturnType<typeof listInitialAccessTokens>>;
  query: ListQuery;
  csrf: string;
  /** Whether the reader may revoke them. */
  changeable: boolean;
}

export async function TokensList({ list, query, csrf, changeable }: TokensListProps) {
  const t = await getTexts("initialAccessTokens");
  return (
    <List
      path={registrationTokensPath}
      query={query}
      caption={t("title")}
      search={{ label: t("list.search"), placeholder: t("columns.label") }}
      filters={[
        {
          name: "status",
          label: t("columns.status"),
          options: [
            { value: "", label: t("list.allStatuses") },
            ...initialAccessTokenStatuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
          ],
        },
      ]}
      columns={[...columns(t), ...(changeable ? [revocation(t)] : [])]}
      rows={list.tokens}
      rowKey={({ id }) => id}
      next={list.next}
      count={list.count}
      defaultSort="-created"
      bulk={
        changeable
          ? {
              action: `${registrationTokensPath}bulk/submit`,
              csrf,
              rowName: ({ label }) => label,
              actions: [
                { value: "revoke", label: t("cells.revoke"), icon: <Ban aria-hidden />, variant: "danger-quiet" },
              ],
            }
          : undefined
      }
      empty={
        <EmptyState
          icon={<KeyRound aria-hidden />}
          title={t("list.empty")}
          description={changeable && t("list.emptyAdvice")}
        />
      }
    />
  );
}

function columns(t: Texts<"initialAccessTokens">): ListColumn<InitialAccessTokenSummary>[] {
  return [
    {
      header: t("columns.label"),
      rowHeader: true,
      sort: "label",
      cell: ({ label, createdBy }) => (
        <span className="block truncate">
          <bdi>{label}</bdi>
          {createdBy && (
            <span className="ps-2 font-normal text-muted">
              {t.rich("cells.createdBy", { name: createdBy, bdi: (chunks) => <bdi>{chunks}</bdi> })}
            </span>
          )}
        </span>
      ),
    },
    {
      header: t("columns.status"),
      narrow: true,
      cell: ({ status }) => <Badge tone={tones[status]}>{t(`statuses.${status}`)}</Badge>,
    },
    {
      header: t("columns.uses"),
      showFrom: "wide",
      narrow: true,
      cell: ({ uses, maximumUses }) => (
        <span className="tabular-nums">{t("cells.uses", { uses, maximum: maximumUses })}</span>
      ),
    },
    {
      header: t("columns.expires"),
      showFrom: "medium",
      narrow: true,
      sort: "expires",
      cell: ({ expiresAt }) => <RelativeTime date={expiresAt} />,
    },
    {
      header: t("columns.lastUsed"),
      showFrom: "wider",
      narrow: true,
      sort: "last_used",
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? <RelativeTime date={lastUsedAt} /> : <span className="text-muted">{t("cells.neverUsed")}</span>,
    },
  ];
}

function revocation(t: Texts<"initialAccessTokens">): ListColumn<InitialAccessTokenSummary> {
  return {
    header: t("columns.actions"),
    hideHeader: true,
    narrow: "icon",
    align: "end",
    cell: ({ id, label, status }) =>
      status === "active" && (
        <span className="flex justify-end">
          <ButtonLink
            href={`${registrationTokensPath}${id}/revoke/`}
            variant="danger-quiet"
            size="sm"
            icon={<Ban aria-hidden />}
            aria-label={t("cells.revokeNamed", { label })}
            title={t("cells.revoke")}
          />
        </span>
      ),
  };
}
