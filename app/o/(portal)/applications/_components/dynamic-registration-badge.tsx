import { Bot } from "lucide-react";
import { Badge } from "@/components/ui/badge";

/** Replaces the owner: a program registered this application, so what it says about itself is unverified. */
export function DynamicRegistrationBadge() {
  return (
    <Badge tone="info" icon={<Bot aria-hidden />}>
      Registered itself
    </Badge>
  );
}
