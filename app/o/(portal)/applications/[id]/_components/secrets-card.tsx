import type { ReactNode } from "react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { type Column, DataTable } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/time";
import { applicationPath } from "@/lib/http/paths";
import type { ClientSecretSummary } from "@/lib/services/applications/get-application";

const looks: Record<ClientSecretSummary["status"], { tone: BadgeTone; label: string }> = {
  active: { tone: "success", label: "Active" },
  expired: { tone: "warning", label: "Expired" },
  revoked: { tone: "neutral", label: "Revoked" },
};

export interface SecretsCardProps {
  applicationId: string;
  secrets: readonly ClientSecretSummary[];
  /** The form that adds one. */
  children: ReactNode;
}

/** The client secrets: what is known of them, and a way to revoke each. */
export function SecretsCard({ applicationId, secrets, children }: SecretsCardProps) {
  const columns: Column<ClientSecretSummary>[] = [
    {
      header: "Label",
      rowHeader: true,
      cell: ({ label, lastFour }) => (
        <span className="grid">
          <span className="wrap-anywhere">{label}</span>
          <span className="text-[0.8125rem] font-normal text-muted">
            ends in <code className="font-mono">…{lastFour}</code>
          </span>
        </span>
      ),
    },
    { header: "Status", cell: ({ status }) => <Badge tone={looks[status].tone}>{looks[status].label}</Badge> },
    { header: "Created", cell: ({ createdAt }) => <RelativeTime date={createdAt} /> },
    { header: "Expires", cell: ({ expiresAt }) => (expiresAt ? <RelativeTime date={expiresAt} /> : "Never") },
    {
      header: "Last used",
      cell: ({ lastUsedAt, lastUsedFrom }) =>
        lastUsedAt ? (
          <span className="grid max-sm:text-right">
            <RelativeTime date={lastUsedAt} />
            {lastUsedFrom && <span className="text-[0.8125rem] break-all text-muted">from {lastUsedFrom}</span>}
          </span>
        ) : (
          "Never"
        ),
    },
    {
      header: "Actions",
      hideHeader: true,
      align: "end",
      cell: ({ id, label, lastFour, status }) =>
        status !== "revoked" && (
          <span className="inline-flex flex-wrap justify-end gap-2">
            {status === "active" && (
              <ButtonLink
                href={`${applicationPath(applicationId)}secrets/${id}/roll/`}
                size="sm"
                aria-label={`Roll ${label}, ends in ${lastFour}`}
              >
                Roll
              </ButtonLink>
            )}
            <ButtonLink
              href={`${applicationPath(applicationId)}secrets/${id}/revoke/`}
              variant="danger-quiet"
              size="sm"
              aria-label={`Revoke ${label}, ends in ${lastFour}`}
            >
              Revoke
            </ButtonLink>
          </span>
        ),
    },
  ];
  return (
    <Card
      id="secrets"
      title="Client secrets"
      description="All active secrets work. Rolling creates a new one and keeps the old one working until you have deployed it."
      flush
    >
      {secrets.length > 0 && (
        <DataTable caption="Client secrets" columns={columns} rows={secrets} rowKey={({ id }) => id} />
      )}
      <div className="border-line px-4 py-4 sm:px-5 [table+&]:border-t">{children}</div>
    </Card>
  );
}
