import { Badge } from "@/components/ui/badge";

/** Whether the application may do anything at the moment. */
export function StatusBadge({ disabled }: { disabled: boolean }) {
  return disabled ? <Badge tone="danger">Disabled</Badge> : <Badge tone="success">Active</Badge>;
}
