import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { TextLink } from "@/components/ui/link";
import { getTexts } from "@/lib/messages/request-locale";
import type { Texts } from "@/lib/messages/texts";
import type { ScopeDetails } from "@/lib/services/scopes/get-scope";

/** Where a scope is used. */
export async function UsageCard({ scope }: { scope: ScopeDetails }) {
  const t = await getTexts("scopes");
  const { apis } = scope;
  return (
    <Card title={t("usage.title")}>
      <KeyValueList
        items={[
          {
            label: t("usage.apis"),
            value:
              apis.length === 0 ? (
                t("usage.noApis")
              ) : (
                <span className="flex flex-wrap gap-x-3">
                  {apis.map(({ id, name }) => (
                    <TextLink key={id} href={`/o/apis/${id}/`}>
                      {name}
                    </TextLink>
                  ))}
                </span>
              ),
          },
          {
            label: t("usage.applications"),
            value: describeApplications(scope, t),
          },
        ]}
      />
    </Card>
  );
}

function describeApplications({ applications: { count }, isRestricted }: ScopeDetails, t: Texts<"scopes">): string {
  if (isRestricted) return t("usage.restricted", { count });
  return count === 0 ? t("usage.unnamed") : t("usage.named", { count });
}
