import { Badge } from "@/components/ui/badge";
import { getTexts } from "@/lib/messages/request-locale";
import type { UserSummary } from "@/lib/services/users/manage/list-users";

/** What matters most about an account: that it is disabled, else the portal role, else that it is active. */
export async function UserStatus({ disabled, portalRole }: Pick<UserSummary, "disabled" | "portalRole">) {
  const t = await getTexts("users");
  if (disabled) return <Badge tone="danger">{t("status.disabled")}</Badge>;
  if (portalRole) return <Badge tone="accent">{t(`roles.${portalRole}`)}</Badge>;
  return <Badge tone="success">{t("status.enabled")}</Badge>;
}
