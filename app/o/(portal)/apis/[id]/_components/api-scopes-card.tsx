import { Check } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { IconList } from "@/components/ui/icon-list";
import type { Scope } from "@/lib/oauth/ports/types";

/** What a token for the API can allow, in the sentences that users read. */
export function ApiScopesCard({ scopes }: { scopes: readonly Scope[] }) {
  return (
    <Card title="Scopes" description="Tokens for this API carry only these.">
      {scopes.length > 0 ? (
        <IconList
          items={scopes.map(({ name, description, isRestricted }) => ({
            key: name,
            icon: <Check aria-hidden />,
            title: <span className="wrap-anywhere">{description}</span>,
            description: (
              <span className="flex flex-wrap items-center gap-2">
                <code className="font-mono break-all">{name}</code>
                {isRestricted && <Badge tone="warning">Restricted</Badge>}
              </span>
            ),
          }))}
        />
      ) : (
        <p className="text-muted">None: no token can be issued for this API until one is chosen.</p>
      )}
    </Card>
  );
}
