import { Badge } from "@/components/ui/badge";
import { getTexts } from "@/lib/messages/request-locale";

/** Whether the application may do anything at the moment. */
export async function StatusBadge({ disabled }: { disabled: boolean }) {
  const t = await getTexts("applications");
  return <Badge tone={disabled ? "danger" : "success"}>{t(disabled ? "status.disabled" : "status.active")}</Badge>;
}
