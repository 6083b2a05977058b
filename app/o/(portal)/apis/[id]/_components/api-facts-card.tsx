import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { localeOf } from "@/lib/messages/catalog";
import { getLocale, getTexts } from "@/lib/messages/request-locale";
import type { ApiDetails } from "@/lib/services/apis/get-api";
import { formatLifetime } from "../../_components/token-formats";

/** The facts about an API that are looked up most. `serverLifetime` is in seconds. */
export async function ApiFactsCard({ api, serverLifetime }: { api: ApiDetails; serverLifetime: number }) {
  const [t, form] = [await getTexts("apis"), await getTexts("apiForm")];
  const { identifier, tokenFormat, accessTokenLifetime } = api;
  const lifetime = formatLifetime(accessTokenLifetime ?? serverLifetime, localeOf("apis", await getLocale()));
  return (
    <Card title={t("overview.title")}>
      <KeyValueList
        items={[
          { label: t("overview.identifier"), value: identifier, mono: true, copy: identifier },
          {
            label: t("overview.tokenFormat"),
            value: (
              <span className="grid gap-0.5 py-1">
                <span>{form(`tokenFormats.${tokenFormat}.label`)}</span>
                <span className="max-w-prose text-note text-muted">
                  {form(`tokenFormats.${tokenFormat}.description`)}
                </span>
              </span>
            ),
          },
          {
            label: t("overview.lifetime"),
            value: accessTokenLifetime === null ? t("overview.defaultLifetime", { lifetime }) : lifetime,
          },
        ]}
      />
    </Card>
  );
}
