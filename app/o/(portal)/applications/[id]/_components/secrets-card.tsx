import type { ReactNode } from "react";
import { bdi } from "@/components/texts/rich-tags";
import { Alert } from "@/components/ui/alert";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { type Column, DataTable } from "@/components/ui/data-table";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import { currentTime } from "@/lib/clock";
import { applicationPath } from "@/lib/http/paths";
import { getTexts } from "@/lib/messages/request-locale";
import type { ClientSecretSummary } from "@/lib/services/applications/get-application";
import { findOldSecretUses } from "./old-secrets";

const tones: Record<ClientSecretSummary["status"], BadgeTone> = {
  active: "success",
  expired: "warning",
  revoked: "neutral",
};

export interface SecretsCardProps {
  applicationId: string;
  secrets: readonly ClientSecretSummary[];
  /** Whether the reader may change the application. */
  changeable: boolean;
  /** The form that adds one; absent while a new one is shown, which has to be stored first. */
  children: ReactNode;
}

/** The client secrets: what is known of them, and a way to revoke each. */
export async function SecretsCard({ applicationId, secrets, changeable, children }: SecretsCardProps) {
  const t = await getTexts("credentials");
  const columns: Column<ClientSecretSummary>[] = [
    {
      header: t("secrets.columns.label"),
      rowHeader: true,
      cell: ({ label, lastFour }) => (
        <span className="grid">
          <bdi className="wrap-anywhere">{label}</bdi>
          <span className="text-note font-normal text-muted">
            {t.rich("secrets.endsIn", { lastFour, code: (chunks) => <code className="font-mono">{chunks}</code> })}
          </span>
        </span>
      ),
    },
    {
      header: t("secrets.columns.status"),
      cell: ({ status }) => <Badge tone={tones[status]}>{t(`secrets.status.${status}`)}</Badge>,
    },
    { header: t("secrets.columns.created"), cell: ({ createdAt }) => <RelativeTime date={createdAt} /> },
    {
      header: t("secrets.columns.expires"),
      cell: ({ expiresAt }) => (expiresAt ? <RelativeTime date={expiresAt} /> : t("secrets.never")),
    },
    {
      header: t("secrets.columns.lastUsed"),
      cell: ({ lastUsedAt, lastUsedFrom }) =>
        lastUsedAt ? (
          <span className="grid max-sm:text-end">
            <RelativeTime date={lastUsedAt} />
            {lastUsedFrom && (
              <span className="text-note break-all text-muted">{t("secrets.usedFrom", { address: lastUsedFrom })}</span>
            )}
          </span>
        ) : (
          t("secrets.never")
        ),
    },
    {
      header: t("secrets.columns.actions"),
      hideHeader: true,
      align: "end",
      cell: ({ id, label, lastFour, status }) =>
        changeable &&
        status !== "revoked" && (
          <span className="inline-flex flex-wrap justify-end gap-2">
            {status === "active" && (
              <ButtonLink
                href={`${applicationPath(applicationId)}secrets/${id}/roll/`}
                size="sm"
                aria-label={t("secrets.rollOne", { label, lastFour })}
              >
                {t("secrets.roll")}
              </ButtonLink>
            )}
            <ButtonLink
              href={`${applicationPath(applicationId)}secrets/${id}/revoke/`}
              variant="danger-quiet"
              size="sm"
              aria-label={t("secrets.revokeOne", { label, lastFour })}
            >
              {t("secrets.revoke")}
            </ButtonLink>
          </span>
        ),
    },
  ];
  const oldUses = findOldSecretUses(secrets, currentTime());
  return (
    <Card id="secrets" title={t("secrets.title")} description={t("secrets.description")} flush>
      {oldUses.length > 0 && (
        <div className="border-b border-line px-4 py-4 sm:px-5">
          <Alert tone="warning" title={t("secrets.refused.title")}>
            {oldUses.map(({ name, secret, at, from }) => (
              <p key={secret.id}>
                {t.rich(`secrets.refused.${name}`, {
                  label: secret.label,
                  address: from ?? t("secrets.refused.unknown"),
                  bdi,
                  time: () => <RelativeTime key="time" date={at} />,
                  end: () => secret.expiresAt && <AbsoluteTime key="end" date={secret.expiresAt} />,
                })}
              </p>
            ))}
          </Alert>
        </div>
      )}
      {secrets.length > 0 && (
        <DataTable caption={t("secrets.title")} columns={columns} rows={secrets} rowKey={({ id }) => id} />
      )}
      {changeable && (
        <div className="border-line px-4 py-4 sm:px-5 [table+&]:border-t">
          {children || <p className="text-muted">{t("secrets.storeFirst")}</p>}
        </div>
      )}
    </Card>
  );
}
