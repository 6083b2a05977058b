import { Bot } from "lucide-react";
import { Badge } from "@/components/ui/badge";

/**
 * Stands where an owner would: a program registered this application, so nobody here vouches for what it says of
 * itself.
 */
export function DynamicRegistrationBadge() {
  return (
    <Badge tone="info" icon={<Bot aria-hidden />}>
      Registered itself
    </Badge>
  );
}
