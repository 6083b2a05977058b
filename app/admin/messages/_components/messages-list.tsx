import { Mail } from "lucide-react";
import { List } from "@/components/list/list";
import type { ListQuery } from "@/components/list/list-query";
import type { ListColumn } from "@/components/list/list-table";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/time";
import { messageKinds } from "@/lib/mail/message-values";
import { getTexts } from "@/lib/messages/request-locale";
import { type listMessages, type MessageRow, messageStates } from "@/lib/services/mail/list-messages";

const tones: Record<MessageRow["state"], BadgeTone> = { waiting: "info", sent: "success", given_up: "danger" };

export interface MessagesListProps {
  list: Awaited<ReturnType<typeof listMessages>>;
  query: ListQuery;
  /** Whether messages are sent at all. */
  isConfigured: boolean;
}

export async function MessagesList({ list, query, isConfigured }: MessagesListProps) {
  const t = await getTexts("mailRecord");
  const columns: ListColumn<MessageRow>[] = [
    {
      header: t("columns.recipient"),
      rowHeader: true,
      cell: ({ recipient }) => <bdi className="block truncate">{recipient}</bdi>,
    },
    {
      header: t("columns.state"),
      narrow: true,
      cell: ({ state }) => <Badge tone={tones[state]}>{t(`states.${state}`)}</Badge>,
    },
    { header: t("columns.kind"), showFrom: "medium", cell: ({ kind }) => t(`kinds.${kind}`) },
    {
      header: t("columns.problem"),
      showFrom: "wide",
      cell: ({ lastProblem }) =>
        lastProblem ? (
          <span className="block truncate text-muted" lang="en" title={lastProblem}>
            {lastProblem}
          </span>
        ) : (
          t("none")
        ),
    },
    {
      header: t("columns.created"),
      showFrom: "medium",
      narrow: true,
      sort: "created",
      cell: ({ createdAt }) => <RelativeTime date={createdAt} />,
    },
  ];
  const all = { value: "", label: t("filters.all") };
  return (
    <List
      path="/admin/messages/"
      query={query}
      caption={t("title")}
      search={{ label: t("search") }}
      filters={[
        {
          name: "state",
          label: t("columns.state"),
          options: [all, ...messageStates.map((value) => ({ value, label: t(`states.${value}`) }))],
        },
        {
          name: "kind",
          label: t("columns.kind"),
          options: [all, ...messageKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))],
        },
      ]}
      columns={columns}
      rows={list.messages}
      rowKey={({ id }) => id}
      next={list.next}
      count={list.count}
      defaultSort="-created"
      empty={
        <EmptyState
          icon={<Mail aria-hidden />}
          title={t("empty.title")}
          description={t(isConfigured ? "empty.description" : "empty.notConfigured")}
        />
      }
    />
  );
}
