import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import type { ApiDetails } from "@/lib/services/apis/get-api";
import { formatLifetime, tokenFormatTexts } from "../../_components/token-formats";

/** The facts about an API that are looked up most. `serverLifetime` is in seconds. */
export function ApiFactsCard({ api, serverLifetime }: { api: ApiDetails; serverLifetime: number }) {
  const { identifier, tokenFormat, accessTokenLifetime } = api;
  const { label, description } = tokenFormatTexts[tokenFormat];
  return (
    <Card title="Overview">
      <KeyValueList
        items={[
          { label: "Identifier", value: identifier, mono: true, copy: identifier },
          {
            label: "Token format",
            value: (
              <span className="grid gap-0.5 py-1">
                <span>{label}</span>
                <span className="max-w-prose text-[0.8125rem] text-muted">{description}</span>
              </span>
            ),
          },
          {
            label: "Access token lifetime",
            value:
              accessTokenLifetime === null
                ? `${formatLifetime(serverLifetime)}, the server's default`
                : formatLifetime(accessTokenLifetime),
          },
        ]}
      />
    </Card>
  );
}
