import { Badge, type BadgeTone } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/time";
import { getTexts } from "@/lib/messages/request-locale";
import type { SigningKeySummary } from "@/lib/services/signing-keys/list-signing-keys";

const tones: Record<SigningKeySummary["status"], BadgeTone> = {
  next: "info",
  signing: "success",
  retired: "neutral",
};

/** Every published key, and its purpose. */
export async function KeysTable({ keys }: { keys: readonly SigningKeySummary[] }) {
  const t = await getTexts("signingKeys");
  const columns: Column<SigningKeySummary>[] = [
    {
      header: t("columns.keyId"),
      rowHeader: true,
      cell: ({ kid }) => <code className="font-mono text-note font-normal break-all">{kid}</code>,
    },
    { header: t("columns.algorithm"), cell: ({ algorithm }) => algorithm },
    {
      header: t("columns.status"),
      cell: ({ status }) => <Badge tone={tones[status]}>{t(`statuses.${status}`)}</Badge>,
    },
    { header: t("columns.signsFrom"), cell: ({ signsFrom }) => <RelativeTime date={signsFrom} /> },
    { header: t("columns.signsUntil"), cell: ({ signsUntil }) => <RelativeTime date={signsUntil} /> },
    {
      header: t("columns.publishedUntil"),
      cell: ({ removedFrom }) => (removedFrom ? <RelativeTime date={removedFrom} /> : t("inUse")),
    },
  ];
  return <DataTable caption={t("list")} columns={columns} rows={keys} rowKey={({ kid }) => kid} />;
}
