import { Bot } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { getTexts } from "@/lib/messages/request-locale";

/** Replaces the owner: a program registered this application, so what it says about itself is unverified. */
export async function DynamicRegistrationBadge() {
  const t = await getTexts("applications");
  return (
    <Badge tone="info" icon={<Bot aria-hidden />}>
      {t("registeredItself")}
    </Badge>
  );
}
