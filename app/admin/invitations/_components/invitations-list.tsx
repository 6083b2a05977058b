import { Ban, Link2, MailPlus, Send } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { List } from "@/components/list/list";
import type { ListQuery } from "@/components/list/list-query";
import type { ListColumn } from "@/components/list/list-table";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/time";
import { invitationsPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import {
  type InvitationSummary,
  invitationStates,
  type listInvitations,
} from "@/lib/services/invitations/list-invitations";

const tones: Record<InvitationSummary["state"], BadgeTone> = {
  pending: "info",
  expired: "warning",
  accepted: "success",
  revoked: "neutral",
};

export interface InvitationsListProps {
  list: Awaited<ReturnType<typeof listInvitations>>;
  query: ListQuery;
  csrf: string;
  /** Whether the reader may change invitations. */
  mayWrite: boolean;
  /** Whether invitations can be sent again; otherwise their links are copied. */
  canSendMail: boolean;
}

export async function InvitationsList({ list, query, csrf, mayWrite, canSendMail }: InvitationsListProps) {
  const t = await getTexts("invitations");
  const columns: ListColumn<InvitationSummary>[] = [
    {
      header: t("columns.email"),
      rowHeader: true,
      sort: "email",
      cell: ({ email, state }) => (
        <>
          <bdi className="block truncate">{email}</bdi>
          <span className="block truncate text-xs leading-4 font-normal text-muted @xl:hidden">
            {t(`states.${state}`)}
          </span>
        </>
      ),
    },
    {
      header: t("columns.state"),
      showFrom: "medium",
      narrow: true,
      cell: ({ state }) => <Badge tone={tones[state]}>{t(`states.${state}`)}</Badge>,
    },
    { header: t("columns.groups"), showFrom: "wide", cell: ({ groups }) => groups.join(", ") || t("unknown") },
    {
      header: t("columns.expires"),
      showFrom: "medium",
      narrow: true,
      sort: "expires",
      cell: ({ expiresAt, state }) =>
        state === "pending" || state === "expired" ? <RelativeTime date={expiresAt} /> : t("unknown"),
    },
  ];
  if (mayWrite) {
    columns.push({
      header: t("columns.actions"),
      hideHeader: true,
      narrow: "buttons",
      align: "end",
      cell: (row) => row.resendable && <ResendForm {...row} csrf={csrf} canSendMail={canSendMail} />,
    });
  }
  return (
    <List
      path={invitationsPath}
      query={query}
      caption={t("title")}
      search={{ label: t("search") }}
      filters={[
        {
          name: "state",
          label: t("filter.label"),
          options: [
            { value: "", label: t("filter.all") },
            ...invitationStates.map((value) => ({ value, label: t(`states.${value}`) })),
          ],
        },
      ]}
      columns={columns}
      rows={list.invitations}
      rowKey={({ id }) => id}
      next={list.next}
      count={list.count}
      defaultSort="-created"
      bulk={
        mayWrite
          ? {
              action: `${invitationsPath}bulk/submit`,
              csrf,
              rowName: ({ email }) => email,
              actions: [
                { value: "resend", label: t("actions.resend"), icon: <Send aria-hidden /> },
                { value: "revoke", label: t("actions.revoke"), icon: <Ban aria-hidden />, variant: "danger-quiet" },
              ],
            }
          : undefined
      }
      empty={
        <EmptyState
          icon={<MailPlus aria-hidden />}
          title={t("empty.title")}
          description={mayWrite && t("empty.description")}
          action={
            mayWrite && (
              <ButtonLink href={`${invitationsPath}create/`} variant="primary">
                {t("invite")}
              </ButtonLink>
            )
          }
        />
      }
    />
  );
}

interface ResendFormProps extends Pick<InvitationSummary, "id" | "email"> {
  csrf: string;
  canSendMail: boolean;
}

/** Sends the invitation again, or shows a new link. There is no room for words in a list. */
async function ResendForm({ id, email, csrf, canSendMail }: ResendFormProps) {
  const t = await getTexts("invitations");
  const [resend, newLink] = [t("actions.resendNamed", { email }), t("actions.newLinkNamed", { email })];
  const about = { type: "submit", name: "delivery", size: "sm" } as const;
  return (
    <NativeForm action={`${invitationsPath}submit`} csrf={csrf} fields={{ id }} className="flex justify-end gap-2">
      {canSendMail && (
        <Button {...about} value="email" icon={<Send aria-hidden />} aria-label={resend} title={t("actions.resend")} />
      )}
      <Button {...about} value="copy" icon={<Link2 aria-hidden />} aria-label={newLink} title={t("actions.newLink")}>
        {!canSendMail && <span className="max-sm:hidden">{t("actions.newLink")}</span>}
      </Button>
    </NativeForm>
  );
}
