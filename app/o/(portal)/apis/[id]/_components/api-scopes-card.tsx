import { Check } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { IconList } from "@/components/ui/icon-list";
import { getTexts } from "@/lib/messages/request-locale";
import type { Scope } from "@/lib/oauth/ports/types";

/** What a token for the API can allow, in the sentences that users read. */
export async function ApiScopesCard({ scopes }: { scopes: readonly Scope[] }) {
  const t = await getTexts("apis");
  return (
    <Card title={t("scopes.title")} description={t("scopes.description")}>
      {scopes.length > 0 ? (
        <IconList
          items={scopes.map(({ name, description, isRestricted }) => ({
            key: name,
            icon: <Check aria-hidden />,
            title: <span className="wrap-anywhere">{description}</span>,
            description: (
              <span className="flex flex-wrap items-center gap-2">
                <code className="font-mono break-all">{name}</code>
                {isRestricted && <Badge tone="warning">{t("scopes.restricted")}</Badge>}
              </span>
            ),
          }))}
        />
      ) : (
        <p className="text-muted">{t("scopes.none")}</p>
      )}
    </Card>
  );
}
