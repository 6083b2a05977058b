import { Badge, type BadgeTone } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/time";
import type { SigningKeySummary } from "@/lib/services/signing-keys/list-signing-keys";

const looks: Record<SigningKeySummary["status"], { tone: BadgeTone; label: string }> = {
  next: { tone: "info", label: "Next" },
  signing: { tone: "success", label: "Signing" },
  retired: { tone: "neutral", label: "Retired" },
};

const columns: Column<SigningKeySummary>[] = [
  {
    header: "Key ID",
    rowHeader: true,
    cell: ({ kid }) => <code className="font-mono text-[0.8125rem] font-normal break-all">{kid}</code>,
  },
  { header: "Algorithm", cell: ({ algorithm }) => algorithm },
  { header: "Status", cell: ({ status }) => <Badge tone={looks[status].tone}>{looks[status].label}</Badge> },
  { header: "Signs from", cell: ({ signsFrom }) => <RelativeTime date={signsFrom} /> },
  { header: "Signs until", cell: ({ signsUntil }) => <RelativeTime date={signsUntil} /> },
  {
    header: "Published until",
    cell: ({ removedFrom }) => (removedFrom ? <RelativeTime date={removedFrom} /> : "In use"),
  },
];

/** Every published key, and its purpose. */
export function KeysTable({ keys }: { keys: readonly SigningKeySummary[] }) {
  return <DataTable caption="Published keys" columns={columns} rows={keys} rowKey={({ kid }) => kid} />;
}
