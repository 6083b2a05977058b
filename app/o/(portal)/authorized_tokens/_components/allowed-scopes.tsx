import { Check } from "lucide-react";
import { IconList } from "@/components/ui/icon-list";
import type { Scope } from "@/lib/oauth/ports/types";

/** What a user allowed, in the sentences that they read then. */
export function AllowedScopes({ scopes }: { scopes: readonly Scope[] }) {
  if (scopes.length === 0) return <p>Trusted by an administrator, so you were not asked.</p>;
  return (
    <IconList
      items={scopes.map(({ name, description }) => ({ key: name, icon: <Check aria-hidden />, title: description }))}
    />
  );
}
